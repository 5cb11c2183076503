package dev.brigade.worker.calls;

import dev.brigade.contract.error.ErrorCode;
import dev.brigade.worker.backend.Result;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Results that are awaited; an exception in place of one is a bug, and becomes a failure. */
final class Pending {

    private static final Logger LOG = LoggerFactory.getLogger(Pending.class);

    private Pending() {}

    /** The result, when it is there; {@code deadline_exceeded} where it does not come in time. */
    static <T> Result<T> await(CompletableFuture<Result<T>> pending, TimeLimit until)
            throws InterruptedException {
        try {
            return pending.get(until.left().toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            pending.cancel(true);
            return TimeLimit.exceeded();
        } catch (CancellationException e) {
            return Result.cancelled();
        } catch (ExecutionException e) {
            LOG.error("a model call failed unexpectedly", e.getCause());
            return Result.failed(
                    ErrorCode.INTERNAL_ERROR, "the image could not be classified: a bug");
        }
    }

    /** The result where it is there; one that ended by a bug counts as there, and as a failure. */
    static <T> @Nullable Result<T> now(CompletableFuture<Result<T>> pending) {
        return switch (pending.state()) {
            case RUNNING -> null;
            case SUCCESS -> pending.resultNow();
            case CANCELLED -> Result.cancelled();
            case FAILED -> Result.failed(ErrorCode.INTERNAL_ERROR, "a bug");
        };
    }
}
