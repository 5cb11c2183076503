package dev.brigade.worker.images;

import dev.brigade.contract.error.ErrorCode;
import dev.brigade.worker.backend.Result;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Work of a decoder, with its one result. The first to end it wins; it is never interrupted after.
 */
final class DecoderTask<T> {

    private static final Logger log = LoggerFactory.getLogger(DecoderTask.class);

    private final Callable<Result<T>> work;
    private final CompletableFuture<Result<T>> result = new CompletableFuture<>();

    /** Guarded by this. */
    private @Nullable Thread running;

    DecoderTask(Callable<Result<T>> work) {
        this.work = work;
    }

    CompletableFuture<Result<T>> result() {
        return result;
    }

    /** Gives it a result, unless it has one. */
    boolean end(Result<T> value) {
        return result.complete(value);
    }

    /** Does the work on this thread, unless nobody waits for it any more. */
    void run() {
        if (!begin()) {
            return;
        }
        Result<T> value = Result.cancelled();
        try {
            value = work.call();
        } catch (InterruptedException e) {
            value = Result.failed(ErrorCode.WORKER_STOPPING, "the worker is stopping");
        } catch (OutOfMemoryError e) {
            // One large array was refused; the heap itself is as good as before.
            value = Result.failed(ErrorCode.INTERNAL_ERROR, "no memory to decode the image");
        } catch (Exception e) {
            log.error("An image could not be decoded or prepared for an unexpected reason", e);
            value = Result.failed(ErrorCode.INTERNAL_ERROR, "the image could not be prepared");
        } finally {
            finish();
            end(value);
        }
    }

    private synchronized boolean begin() {
        if (result.isDone()) {
            return false;
        }
        running = Thread.currentThread();
        return true;
    }

    /** From here on, this thread is not interrupted for this work; nor for what it was before. */
    private synchronized void finish() {
        running = null;
    }

    synchronized boolean isRunning() {
        return running != null;
    }

    /** Interrupts the thread that does the work. */
    synchronized @Nullable Thread interrupt() {
        if (running != null) {
            running.interrupt();
        }
        return running;
    }
}
