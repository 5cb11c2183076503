package dev.brigade.rest.imagebatches;

import dev.brigade.client.BatchState;
import dev.brigade.client.RequestState;
import dev.brigade.schema.ReplyStatus;
import java.util.Locale;

/** Where a batch is in its life. */
enum BatchStatus {
    /** Accepted; no result is told yet. */
    QUEUED,
    /** Some results are there. */
    RUNNING,
    /** Every image has a result, which may be an error. */
    COMPLETED,
    FAILED,
    CANCELLED,
    EXPIRED;

    static BatchStatus of(BatchState state) {
        return switch (state.request()) {
            case RequestState.Open open -> state.progress().isPresent() ? RUNNING : QUEUED;
            case RequestState.Ended ended -> of(ended.reply().getStatus());
        };
    }

    static BatchStatus of(ReplyStatus status) {
        return switch (status) {
            case COMPLETED -> COMPLETED;
            case FAILED, REJECTED -> FAILED;
            case CANCELLED -> CANCELLED;
            case EXPIRED -> EXPIRED;
        };
    }

    /** Name on the wire. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
