package dev.brigade.client;

import dev.brigade.schema.BatchSummary;
import dev.brigade.schema.Reply;
import java.util.Optional;

/**
 * A completed batch; single images may have failed.
 *
 * @param requestId the request; the original one where an idempotency key led there
 * @param model model that classified
 * @param summary how the images ended, all together
 * @param reply the terminal as it was read
 */
public record BatchAnswer(String requestId, String model, BatchSummary summary, Reply reply) {

    /** How far a batch came, by any terminal; empty where it never began, or was no batch. */
    public static Optional<BatchSummary> summary(Reply reply) {
        return reply.getOutput() instanceof BatchSummary summary
                ? Optional.of(summary)
                : Optional.empty();
    }

    /** How far a batch came that was cancelled, expired or failed; empty where it never began. */
    public static Optional<BatchSummary> summary(Failure failure) {
        return Optional.ofNullable(failure.reply()).flatMap(BatchAnswer::summary);
    }
}
