package dev.brigade.rest.batches;

import dev.brigade.rest.calls.Endpoint;
import dev.brigade.rest.calls.PlainCall;
import dev.brigade.rest.error.ApiError;
import dev.brigade.rest.error.ApiException;
import dev.brigade.rest.json.JsonFields;
import dev.brigade.schema.InferenceRequest;
import dev.brigade.schema.Priority;

/**
 * The call of a line.
 *
 * @param call as its URL reads it
 * @param low whether it said nothing of its priority, and so lets others go first
 */
record LineCall(PlainCall call, boolean low) {

    private static final long LONGEST_DEADLINE_MS = 86_400_000;

    /**
     * Reads it.
     *
     * @throws ApiException as the URL itself would
     */
    static LineCall read(JsonFields body, Endpoint endpoint) {
        boolean says = body.value("priority").isPresent();
        PlainCall call = endpoint.read(body);
        if (call.request().getIdempotencyKey() != null) {
            throw new ApiException(
                    ApiError.unsupported("idempotency_key", "is given to a line by its batch"));
        }
        return new LineCall(call, !says && call.request().getPriority() == Priority.NORMAL);
    }

    /** Whether its time is its own, and not what is left of the batch's. */
    boolean hasDeadline() {
        return call.request().getDeadlineMs() != null;
    }

    /**
     * What is sent.
     *
     * @param leftMs what is left of the batch's time
     */
    InferenceRequest request(String idempotencyKey, long leftMs) {
        InferenceRequest.Builder request =
                InferenceRequest.newBuilder(call.request()).setIdempotencyKey(idempotencyKey);
        if (low) {
            request.setPriority(Priority.LOW);
        }
        if (!hasDeadline()) {
            request.setDeadlineMs(Math.clamp(leftMs, 1, LONGEST_DEADLINE_MS));
        }
        return request.build();
    }
}
