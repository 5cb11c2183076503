package dev.brigade.dispatcher.saga;

import dev.brigade.dispatcher.request.Answer;
import dev.brigade.dispatcher.request.Epoch;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One model call of a plan.
 *
 * @param triedModels every model it was dispatched to, the present one last
 * @param attempts begun over all dispatches
 * @param epoch newest attempt seen of the present dispatch
 * @param lastSignAtMs last sign of life of the released job
 * @param startedAtMs when the newest attempt began
 * @param answer present when done
 */
public record StageState(
        String id,
        List<String> triedModels,
        int dispatch,
        int attempts,
        int crashes,
        Status status,
        Optional<Epoch> epoch,
        OptionalLong lastSignAtMs,
        OptionalLong startedAtMs,
        Optional<Answer> answer) {

    /** Where the present dispatch stands. */
    public enum Status {
        /** In its model's queue. */
        WAITING,
        /** Out to the workers. */
        RELEASED,
        /** An attempt has begun. */
        RUNNING,
        /** An answer was accepted. */
        DONE
    }

    public StageState {
        triedModels = List.copyOf(triedModels);
    }
}
