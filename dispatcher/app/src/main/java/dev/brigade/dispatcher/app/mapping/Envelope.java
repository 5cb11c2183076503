package dev.brigade.dispatcher.app.mapping;

import dev.brigade.dispatcher.request.Origin;
import dev.brigade.dispatcher.request.ReplyTo;
import dev.brigade.dispatcher.request.Request;
import java.util.Optional;

/**
 * What is known of a request besides its record: with the record's bytes it makes the same request
 * again at any time.
 *
 * @param receivedAtMs now, by the dispatcher's clock
 * @param deadlineAtMs by the dispatcher's clock
 */
public record Envelope(
        long receivedAtMs,
        long deadlineAtMs,
        Origin origin,
        ReplyTo replyTo,
        Optional<String> traceparent) {

    /** What is known of this request. */
    public static Envelope of(Request request) {
        return new Envelope(
                request.receivedAtMs(),
                request.deadlineAtMs(),
                request.origin(),
                request.replyTo(),
                request.traceparent());
    }
}
