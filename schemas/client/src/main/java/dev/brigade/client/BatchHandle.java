package dev.brigade.client;

import java.util.concurrent.CompletableFuture;

/** A batch that was sent, or is being followed. */
public interface BatchHandle {

    /** Its request's id. */
    String requestId();

    /**
     * Done when the broker has stored the request, at once for a batch that is followed; ends with
     * a {@link BrigadeException} else.
     */
    CompletableFuture<Void> stored();

    /**
     * The summary; comes when the listener has had every result. A batch that was cancelled,
     * expired or failed ends with a {@link BrigadeException}, also behind its last result; {@link
     * BatchAnswer#summary(Failure)} tells what was done. Cancelling this future cancels nothing
     * else.
     */
    CompletableFuture<BatchAnswer> answer();

    /**
     * Asks the dispatcher to cancel the batch. Images whose results are there stay classified.
     *
     * @return done when the broker has stored the wish
     */
    CompletableFuture<Void> cancel();

    /**
     * Calls the listener no more and forgets the batch here; it goes on by itself. The future ends
     * with a failure of unknown outcome. Does nothing to one that has ended.
     */
    void detach();
}
