package dev.brigade.rest.batches;

import dev.brigade.schema.BatchJobStatus;
import java.util.Locale;

/** Statuses by OpenAI's names. */
final class BatchState {

    private BatchState() {}

    static boolean isEnd(BatchJobStatus status) {
        return switch (status) {
            case FAILED, COMPLETED, EXPIRED, CANCELLED -> true;
            case VALIDATING, IN_PROGRESS, FINALIZING -> false;
        };
    }

    /** Whether a wish to cancel still changes anything. */
    static boolean mayBeCancelled(BatchJobStatus status) {
        return status == BatchJobStatus.VALIDATING || status == BatchJobStatus.IN_PROGRESS;
    }

    static String name(BatchJobStatus status, boolean cancelWished) {
        return cancelWished && mayBeCancelled(status)
                ? "cancelling"
                : status.name().toLowerCase(Locale.ROOT);
    }
}
