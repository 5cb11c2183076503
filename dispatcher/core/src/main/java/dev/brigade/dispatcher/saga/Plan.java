package dev.brigade.dispatcher.saga;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.brigade.dispatcher.request.Input;
import java.util.List;

/**
 * Which model calls answer a request, and in which order. A plan holds no state: it is asked again
 * after every stage that ends, and the same stages give the same step.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "mode")
@JsonSubTypes({@JsonSubTypes.Type(value = Plan.Single.class, name = "single")})
public sealed interface Plan {

    /** Name of the mode, as requests write it. */
    String name();

    /** What to do next, given the stages so far. */
    Step next(RequestState state);

    /** What a stage works on; the same at every dispatch of the stage. */
    Input input(RequestState state, String stage);

    /** What undoes a completed stage, when the request fails. */
    List<Command> compensation(RequestState state, String stage);

    /** A plan's wish. */
    sealed interface Step {

        /** Start these stages. */
        record Start(List<String> stages) implements Step {
            public Start {
                stages = List.copyOf(stages);
            }
        }

        /** Nothing until another stage completes. */
        record Await() implements Step {}

        /** This stage's answer is the request's. */
        record Answered(String stage) implements Step {}

        /** This stage's failure is the request's. */
        record GiveUp(String stage) implements Step {}
    }

    /** One model call. */
    record Single() implements Plan {

        static final String STAGE = "answer";

        @Override
        public String name() {
            return "single";
        }

        @Override
        public Step next(RequestState state) {
            return state.stage(STAGE)
                    .map(StageState::status)
                    .<Step>map(status ->
                            switch (status) {
                                case WAITING, RELEASED, RUNNING -> new Step.Await();
                                case DONE -> new Step.Answered(STAGE);
                                case FAILED -> new Step.GiveUp(STAGE);
                            })
                    .orElseGet(() -> new Step.Start(List.of(STAGE)));
        }

        @Override
        public Input input(RequestState state, String stage) {
            return state.request().input();
        }

        @Override
        public List<Command> compensation(RequestState state, String stage) {
            return List.of();
        }
    }
}
