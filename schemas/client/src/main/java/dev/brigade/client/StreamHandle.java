package dev.brigade.client;

import java.util.concurrent.CompletableFuture;

/** A request that was sent, or is being followed. */
public interface StreamHandle {

    /** Its id. */
    String requestId();

    /**
     * The answer; ends with a {@link BrigadeException} when there is none. It ends behind the
     * listener's last call and within the request's deadline and the client's grace. Cancelling
     * this future cancels nothing else.
     */
    CompletableFuture<Answer> answer();

    /**
     * Asks the dispatcher to cancel the request; its terminal then comes as a failure {@code
     * cancelled}.
     *
     * @return done when the broker has stored the wish
     */
    CompletableFuture<Void> cancel();

    /**
     * Calls the listener no more and forgets the request here; it goes on by itself. The future
     * ends with a failure of unknown outcome. Does nothing to one that has ended.
     */
    void detach();
}
