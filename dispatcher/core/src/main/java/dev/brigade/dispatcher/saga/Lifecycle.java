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
     * @param forgetAtMs when the id may be forgotten
     */
    record Closed(
            String requestId,
            ReplyStatus status,
            Optional<Code> code,
            long closedAtMs,
            long forgetAtMs)
            implements Lifecycle {}
}
