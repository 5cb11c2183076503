package dev.brigade.dispatcher.saga;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.brigade.dispatcher.request.Code;
import dev.brigade.dispatcher.request.ReplyStatus;
import java.util.Optional;

/** Where a request stands. This is what the shell stores by request id. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "life")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Lifecycle.Unseen.class, name = "unseen"),
    @JsonSubTypes.Type(value = Lifecycle.Open.class, name = "open"),
    @JsonSubTypes.Type(value = Lifecycle.Closed.class, name = "closed")
})
public sealed interface Lifecycle {

    Lifecycle UNSEEN = new Unseen();

    /** Never seen, or long forgotten: nothing is stored. */
    record Unseen() implements Lifecycle {}

    /** Its terminal is yet to come. */
    record Open(RequestState state) implements Lifecycle {}

    /**
     * Its terminal is out; what remains keeps the id from being used twice.
     *
     * @param forgetAtMs when the id may be forgotten, if nothing is left to be undone
     * @param undoing effects outside that are still to be undone
     */
    record Closed(
            String requestId,
            ReplyStatus status,
            Optional<Code> code,
            long closedAtMs,
            long forgetAtMs,
            Optional<Undoing> undoing)
            implements Lifecycle {

        /** The same with something else left to be undone. */
        Closed undoing(Optional<Undoing> rest) {
            return new Closed(requestId, status, code, closedAtMs, forgetAtMs, rest);
        }

        /** When the request's timer is set for. */
        public long timerAtMs() {
            return undoing.map(Undoing::dueAtMs).orElse(forgetAtMs);
        }
    }
}
