package dev.brigade.worker.chunks;

import dev.brigade.worker.backend.Outcome;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Publishes the text of one attempt as chunks that count 0, 1, 2 without gaps.
 *
 * <p>The first text goes out at once. After that, text that comes sooner than the interval after
 * the last chunk is held until the interval has passed, so that a fast engine makes few records; a
 * slow one makes a chunk of every token. The shared {@link Later} publishes held text when no
 * further token comes in time. All state is guarded by this object's lock: the number is given and
 * the record handed over under it, so that order on the topic is order of the numbers.
 */
public final class ChunkPublisher {

    private final Pieces pieces;
    private final Duration interval;
    private final LongSupplier nanoTime;
    private final Later later;

    private final StringBuilder held = new StringBuilder();
    private int heldTokens;
    private int nextSeq;
    private long lastAt;
    private boolean wakeUpDue;
    private boolean closed;
    private CompletableFuture<Void> stored = CompletableFuture.completedFuture(null);

    // Not under the lock: the producer's thread sets it, and must never wait for a blocked send.
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    /**
     * @param interval least time between two chunks; zero makes a chunk of every piece
     * @param nanoTime clock with any origin, in ns
     */
    public ChunkPublisher(Pieces pieces, Duration interval, LongSupplier nanoTime, Later later) {
        this.pieces = pieces;
        this.interval = interval;
        this.nanoTime = nanoTime;
        this.later = later;
    }

    /**
     * Takes generated text.
     *
     * @return false when an earlier chunk could not be stored, and going on is pointless
     */
    public synchronized boolean accept(String text, int tokens) {
        held.append(text);
        heldTokens += tokens;
        if (failure.get() != null || closed) {
            return false;
        }
        if (!held.isEmpty()) {
            long waitNanos = waitNanos();
            if (waitNanos <= 0) {
                publish(null);
            } else if (!wakeUpDue) {
                wakeUpDue = true;
                later.after(Duration.ofNanos(waitNanos), this::wakeUp);
            }
        }
        return true;
    }

    /** Publishes what is held, and the last chunk, which says that the attempt is finished. */
    public synchronized void finish(Outcome.Reason reason) {
        if (!closed) {
            publish(reason);
            closed = true;
        }
    }

    /** Publishes nothing any more. What is held is dropped. */
    public synchronized void abandon() {
        closed = true;
        held.setLength(0);
    }

    /** Number of the last chunk; -1 where there is none. */
    public synchronized int lastSeq() {
        return nextSeq - 1;
    }

    /** Waits until every chunk so far is stored; empty if they are, else why not. */
    public Optional<Throwable> awaitStored(Duration limit) throws InterruptedException {
        CompletableFuture<Void> all;
        synchronized (this) {
            all = stored;
        }
        try {
            all.get(limit.toMillis(), TimeUnit.MILLISECONDS);
            return Optional.empty();
        } catch (ExecutionException e) {
            return Optional.of(e.getCause() == null ? e : e.getCause());
        } catch (TimeoutException e) {
            return Optional.of(e);
        }
    }

    private synchronized void wakeUp() {
        wakeUpDue = false;
        if (!closed && failure.get() == null && !held.isEmpty()) {
            publish(null);
        }
    }

    private long waitNanos() {
        return nextSeq == 0 ? 0 : interval.toNanos() - (nanoTime.getAsLong() - lastAt);
    }

    private void publish(Outcome.@Nullable Reason last) {
        CompletableFuture<Void> sent =
                pieces.publish(nextSeq, held.toString(), heldTokens, last)
                        .whenComplete((_, error) -> fail(error));
        nextSeq++;
        lastAt = nanoTime.getAsLong();
        held.setLength(0);
        heldTokens = 0;
        // Completed ones are dropped, or a long answer would hang on a chain of all its chunks.
        stored =
                stored.isDone() && !stored.isCompletedExceptionally()
                        ? sent
                        : CompletableFuture.allOf(stored, sent);
    }

    private void fail(@Nullable Throwable error) {
        if (error != null) {
            failure.compareAndSet(null, error);
        }
    }
}
