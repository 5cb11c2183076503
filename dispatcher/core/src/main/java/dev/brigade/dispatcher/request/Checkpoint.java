package dev.brigade.dispatcher.request;

import java.util.List;

/**
 * Completed stages of a request that ended unanswered, kept with its idempotency key.
 *
 * @param requestId whose stages they are
 * @param plan digest of the plan's stages and the request's input; only an equal one may go on
 * @param stages in order of completion
 */
public record Checkpoint(String requestId, String plan, List<StageCheckpoint> stages) {

    public Checkpoint {
        stages = List.copyOf(stages);
    }

    /** One completed stage. */
    public record StageCheckpoint(String stage, String model, Answer answer) {}
}
