package dev.brigade.dispatcher.plan;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * One model call of a plan. A plan gives the same specification for the same id.
 *
 * @param prompt name of the prompt's file; empty where the stage gets the request's own input
 * @param isFinal whether its text is for certain the answer
 * @param weight of its share in time and tokens
 * @param temperature in place of the request's
 * @param sample number of a sample of the same call, from 1: each has a seed of its own
 * @param pin whether the plan will likely call its model again
 */
public record StageSpec(
        String id,
        Kind kind,
        Cast cast,
        Optional<String> prompt,
        boolean isFinal,
        Need need,
        int weight,
        OptionalDouble temperature,
        OptionalInt sample,
        boolean pin) {

    /** A text of ordinary length. */
    static final int WRITES = 3;

    /** A short text, or none. */
    static final int JUDGES = 1;

    /** A text that is not known to be the answer, written in answer to the request's own input. */
    static StageSpec writes(String id, Cast cast, Need need) {
        return new StageSpec(
                id,
                Kind.GENERATE,
                cast,
                Optional.empty(),
                false,
                need,
                WRITES,
                OptionalDouble.empty(),
                OptionalInt.empty(),
                false);
    }

    /** A call whose result is no text, for an input that is given to it as it is. */
    static StageSpec calls(String id, Kind kind, Cast cast, Need need) {
        return new StageSpec(
                id,
                kind,
                cast,
                Optional.empty(),
                false,
                need,
                JUDGES,
                OptionalDouble.empty(),
                OptionalInt.empty(),
                false);
    }

    StageSpec prompted(String name) {
        return new StageSpec(
                id, kind, cast, Optional.of(name), isFinal, need, weight, temperature, sample, pin);
    }

    StageSpec judging() {
        return new StageSpec(
                id, Kind.JUDGE, cast, prompt, false, need, JUDGES, temperature, sample, pin);
    }

    /** The answer itself, by a stage of this kind. */
    StageSpec answering(Kind as) {
        return new StageSpec(id, as, cast, prompt, true, need, weight, temperature, sample, pin);
    }

    StageSpec sampled(int number, double warmth) {
        return new StageSpec(
                id,
                kind,
                cast,
                prompt,
                isFinal,
                need,
                weight,
                OptionalDouble.of(warmth),
                OptionalInt.of(number),
                pin);
    }

    StageSpec pinned(boolean likelyAgain) {
        return new StageSpec(
                id, kind, cast, prompt, isFinal, need, weight, temperature, sample, likelyAgain);
    }
}
