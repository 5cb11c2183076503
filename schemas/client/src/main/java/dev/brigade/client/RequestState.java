package dev.brigade.client;

import dev.brigade.schema.InferenceRequest;
import dev.brigade.schema.Reply;
import java.time.Instant;

/** What the log says of a request. */
public sealed interface RequestState {

    /**
     * Accepted, and without a terminal so far.
     *
     * @param acceptedAt when the broker stored it
     * @param request the request as it was sent
     */
    record Open(Instant acceptedAt, InferenceRequest request) implements RequestState {}

    /** Ended with this terminal. */
    record Ended(Reply reply) implements RequestState {}
}
