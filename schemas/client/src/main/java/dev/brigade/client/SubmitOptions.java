package dev.brigade.client;

import dev.brigade.contract.request.RequestId;
import org.jspecify.annotations.Nullable;

/**
 * What goes beside a request.
 *
 * @param requestId an id of the application's own, 1 to 200 characters; null makes a new one. With
 *     an own id, chunks and reply come on the partition of the key
 * @param traceparent W3C trace context to go on with
 */
public record SubmitOptions(@Nullable String requestId, @Nullable String traceparent) {

    private static final SubmitOptions NONE = new SubmitOptions(null, null);

    public SubmitOptions {
        if (requestId != null && !RequestId.isUsable(requestId)) {
            throw new IllegalArgumentException(
                    "a request id is 1 to " + RequestId.MAX_LENGTH + " printable characters");
        }
    }

    /** A new id, no trace. */
    public static SubmitOptions none() {
        return NONE;
    }

    /** The same with an id. */
    public SubmitOptions withRequestId(String id) {
        return new SubmitOptions(id, traceparent);
    }

    /** The same with a trace context. */
    public SubmitOptions withTraceparent(String context) {
        return new SubmitOptions(requestId, context);
    }
}
