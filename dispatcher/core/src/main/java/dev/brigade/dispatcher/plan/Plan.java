package dev.brigade.dispatcher.plan;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import java.util.OptionalDouble;

/**
 * A mode with its models and thresholds: which model calls answer a request, and in which order. A
 * plan holds no state: it is asked again after every stage that ends, and the same progress gives
 * the same step. Every plan has a bounded number of stages, and starts each at most once.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "mode")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Single.class, name = "single"),
    @JsonSubTypes.Type(value = Critique.class, name = "critique"),
    @JsonSubTypes.Type(value = Debate.class, name = "debate"),
    @JsonSubTypes.Type(value = Ensemble.class, name = "ensemble"),
    @JsonSubTypes.Type(value = Pipeline.class, name = "pipeline"),
    @JsonSubTypes.Type(value = Fanout.class, name = "map"),
    @JsonSubTypes.Type(value = Sweep.class, name = "batch")
})
public sealed interface Plan permits Single, Critique, Debate, Ensemble, Pipeline, Fanout, Sweep {

    /** Name of the mode, as requests write it. */
    String name();

    /** What to do next. */
    Step next(Progress progress);

    /** What a stage is; the same for the same id. */
    StageSpec spec(String stage);

    /** What a stage works on. */
    Feed feed(Progress progress, String stage);

    /**
     * Stages that are kept time and tokens for while these run: groups that run side by side, in
     * the order in which they come.
     */
    List<List<String>> ahead(Progress progress, List<String> running);

    /** Whether the request could be answered with what is done, if nothing else came. */
    boolean couldAnswer(Progress progress);

    /** Whether completed stages are undone when the request ends without an answer. */
    default boolean undoes() {
        return true;
    }

    /** Rounds that were begun; 1 for modes that have none. */
    default int rounds(Progress progress) {
        return 1;
    }

    /** What a judge gave to a stage's text, 0 to 1. */
    default OptionalDouble score(Progress progress, String stage) {
        return OptionalDouble.empty();
    }

    /** Whether a stage's text was sent back, or could not be read. */
    default boolean rejected(Progress progress, String stage) {
        return false;
    }
}
