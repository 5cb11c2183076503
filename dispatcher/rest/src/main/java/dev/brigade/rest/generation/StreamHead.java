package dev.brigade.rest.generation;

import dev.brigade.contract.request.RequestId;
import java.time.Instant;

/**
 * What every piece of one stream repeats.
 *
 * @param requestId Brigade's request
 * @param created epoch seconds
 * @param model model that answers
 */
public record StreamHead(String requestId, long created, String model) {

    /** The head of a request; its id tells the time, so every reader of it says the same. */
    public static StreamHead of(String requestId, String model) {
        return new StreamHead(requestId, createdAt(requestId), model);
    }

    /** When the request was made, in epoch seconds; now for an id that does not tell. */
    public static long createdAt(String requestId) {
        return RequestId.parse(requestId)
                .map(RequestId.Parts::createdAt)
                .orElseGet(Instant::now)
                .getEpochSecond();
    }
}
