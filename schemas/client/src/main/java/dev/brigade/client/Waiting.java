package dev.brigade.client;

import dev.brigade.contract.error.ErrorCode;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** Waits for an answer on the caller's thread; the client's own deadlines bound the wait. */
final class Waiting {

    private Waiting() {}

    static <T> T forAnswer(CompletableFuture<T> answer) {
        try {
            return answer.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof BrigadeException known) {
                throw new BrigadeException(known.failure(), known);
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BrigadeException(
                    Failure.outcomeUnknown(
                            null, ErrorCode.CANCELLED, "interrupted while waiting for the answer"),
                    e);
        }
    }
}
