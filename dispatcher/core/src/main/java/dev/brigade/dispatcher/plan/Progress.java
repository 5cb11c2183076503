package dev.brigade.dispatcher.plan;

import dev.brigade.dispatcher.agreement.Likeness;
import dev.brigade.dispatcher.batch.Tally;
import dev.brigade.dispatcher.request.Request;
import java.util.List;
import java.util.Optional;

/** What a plan may know of a request: its stages so far, and what is left to spend. */
public interface Progress {

    Request request();

    Standing standing(String stage);

    /**
     * Text of a stage that is done.
     *
     * @throws IllegalStateException where it is not
     */
    String text(String stage);

    /**
     * Model of a stage that was begun.
     *
     * @throws IllegalStateException where it was not
     */
    String model(String stage);

    /**
     * Why these stages, side by side, and then those, one after the other, do not fit into what is
     * left: deadline, max_total_tokens or max_cost. Judged by earlier stages of the same kind; what
     * was never seen is taken to fit.
     */
    Optional<String> misfit(List<String> stages, List<String> then);

    /** Whether the time is as good as over: what is there now is all there will be. */
    boolean landing();

    /** How many stages are begun and not over. */
    int pending();

    /**
     * How far a batch is.
     *
     * @throws IllegalStateException where the request is none
     */
    Tally tally();

    /** How like the texts are that a stage has embedded; empty where it is not done. */
    Optional<Likeness> likeness(String stage);

    default boolean done(String stage) {
        return standing(stage) == Standing.DONE;
    }

    /** Those of the stages that are done, in the same order. */
    default List<String> doneOf(List<String> stages) {
        return stages.stream().filter(this::done).toList();
    }
}
