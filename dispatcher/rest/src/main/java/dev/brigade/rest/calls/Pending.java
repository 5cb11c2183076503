package dev.brigade.rest.calls;

import dev.brigade.client.Answer;
import dev.brigade.client.BatchAnswer;
import dev.brigade.client.BatchHandle;
import dev.brigade.client.StreamHandle;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * A request that somebody waits for.
 *
 * @param answer its answer; ends with the client's exception when there is none
 * @param canceller asks to cancel it
 * @param detacher forgets it here
 */
public record Pending<T>(
        String requestId,
        CompletableFuture<T> answer,
        Supplier<CompletableFuture<Void>> canceller,
        Runnable detacher) {

    /** A request with one answer. */
    public static Pending<Answer> of(StreamHandle handle) {
        return new Pending<>(handle.requestId(), handle.answer(), handle::cancel, handle::detach);
    }

    /** A batch of images. */
    public static Pending<BatchAnswer> of(BatchHandle handle) {
        return new Pending<>(handle.requestId(), handle.answer(), handle::cancel, handle::detach);
    }

    /** The same request, waited for until something else. */
    public <U> Pending<U> until(CompletableFuture<U> other) {
        return new Pending<>(requestId, other, canceller, detacher);
    }
}
