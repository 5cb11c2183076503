package dev.brigade.worker.images;

import dev.brigade.contract.error.ErrorCode;
import dev.brigade.schema.Priority;
import dev.brigade.worker.backend.Result;
import dev.brigade.worker.turns.Shares;
import dev.brigade.worker.turns.TurnQueue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A fixed number of threads that decode, behind a bounded queue in which higher classes go first.
 *
 * <p>Work has a time limit. When it passes, whoever waits is answered at once and the thread is
 * interrupted. A thread that does not come back within {@link #GRACE}, because a native decoder is
 * lost in a file made for that, is given up: another takes its place, and it ends by itself when
 * its decoder does. At most as many as the pool has threads are given up at a time; beyond that the
 * pool has fewer.
 */
final class DecoderPool implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(DecoderPool.class);

    /** How long an interrupted thread has to come back. */
    private static final Duration GRACE = Duration.ofSeconds(2);

    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);

    /** Places in the queue for each thread, and how many of them are kept for each class. */
    private static final int QUEUED_PER_THREAD = 6;

    private static final int RESERVED_PER_THREAD = 1;

    private final int size;
    private final TurnQueue<DecoderTask<?>> queue;
    private final ScheduledThreadPoolExecutor watch;

    // Guarded by this.
    private final Set<Thread> threads = new HashSet<>();
    private final Set<Thread> givenUp = new HashSet<>();
    private int started;
    private boolean closed;

    DecoderPool(int size) {
        this.size = size;
        this.queue =
                new TurnQueue<>(new Shares(size * QUEUED_PER_THREAD, size * RESERVED_PER_THREAD));
        this.watch =
                new ScheduledThreadPoolExecutor(1, task -> daemon(task, "image-decoder-watch"));
        watch.setRemoveOnCancelPolicy(true);
        synchronized (this) {
            while (threads.size() < size) {
                startThread();
            }
        }
    }

    /**
     * Runs work on a thread of the pool. Waits for room in the queue on the calling thread; that,
     * waiting in the queue and the work itself take at most {@code limit} together.
     */
    <T> CompletableFuture<Result<T>> run(
            Priority priority, Callable<Result<T>> work, Duration limit) {
        DecoderTask<T> task = new DecoderTask<>(work);
        try {
            long begun = System.nanoTime();
            if (isClosed()) {
                task.end(stopping());
            } else if (!queue.offer(priority, task, limit)) {
                task.end(expired());
            } else {
                watch(task, limit.minusNanos(System.nanoTime() - begun));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            task.end(Result.cancelled());
        }
        return task.result();
    }

    private <T> void watch(DecoderTask<T> task, Duration limit) {
        synchronized (this) {
            if (!closed) {
                var alarm =
                        watch.schedule(() -> expire(task), limit.toNanos(), TimeUnit.NANOSECONDS);
                var _ = task.result().whenComplete((result, thrown) -> alarm.cancel(false));
                return;
            }
        }
        task.end(stopping());
    }

    private <T> void expire(DecoderTask<T> task) {
        if (task.end(expired())) {
            Thread thread = task.interrupt();
            if (thread != null) {
                var _ =
                        watch.schedule(
                                () -> giveUp(task, thread), GRACE.toNanos(), TimeUnit.NANOSECONDS);
            }
        }
    }

    private synchronized void giveUp(DecoderTask<?> task, Thread thread) {
        if (closed || !task.isRunning() || givenUp.size() >= size) {
            return;
        }
        log.warn("An image keeps its decoder busy past its limit; the thread is given up");
        threads.remove(thread);
        givenUp.add(thread);
        startThread();
    }

    private synchronized void startThread() {
        Thread thread = daemon(this::work, "image-decoder-" + started++);
        threads.add(thread);
        thread.start();
    }

    private void work() {
        try {
            while (isMine()) {
                queue.take().run();
                if (Thread.interrupted() && isClosed()) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            // The pool is closed.
        } finally {
            forget(Thread.currentThread());
        }
    }

    private synchronized boolean isMine() {
        return !closed && threads.contains(Thread.currentThread());
    }

    private synchronized void forget(Thread thread) {
        threads.remove(thread);
        givenUp.remove(thread);
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    /** Threads that work, for tests. */
    synchronized int threadCount() {
        return threads.size();
    }

    /** Answers what waits and what runs, and ends the threads within seconds. */
    @Override
    public void close() {
        List<Thread> ending;
        synchronized (this) {
            closed = true;
            ending = new ArrayList<>(threads);
        }
        watch.shutdownNow();
        ending.forEach(Thread::interrupt);
        drain();
        long end = System.nanoTime() + CLOSE_LIMIT.toNanos();
        try {
            for (Thread thread : ending) {
                thread.join(Duration.ofNanos(Math.max(1, end - System.nanoTime())));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        drain();
    }

    private void drain() {
        for (var task = queue.poll(); task.isPresent(); task = queue.poll()) {
            task.get().end(stopping());
        }
    }

    private static <T> Result<T> expired() {
        return Result.failed(
                ErrorCode.DEADLINE_EXCEEDED, "the image was not decoded within its time limit");
    }

    private static <T> Result<T> stopping() {
        return Result.failed(ErrorCode.WORKER_STOPPING, "the worker is stopping");
    }

    private static Thread daemon(Runnable work, String name) {
        return Thread.ofPlatform().daemon().name(name).unstarted(work);
    }
}
