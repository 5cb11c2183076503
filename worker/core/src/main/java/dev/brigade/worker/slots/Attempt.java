package dev.brigade.worker.slots;

import dev.brigade.schema.AttemptRef;
import dev.brigade.schema.Epoch;
import dev.brigade.schema.Job;
import dev.brigade.worker.backend.Cancellation;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One attempt at a job by this worker. Thread-safe: the slot runs it, and others stop it. The first
 * reason to stop is the one that counts.
 */
public final class Attempt {

    /** Why an attempt was stopped before its end. */
    public enum Stop {
        /** Its request was cancelled, or another attempt goes on instead. */
        CANCELLED,
        /** The worker ends or unloads the model, and the grace period is over. */
        WORKER_STOPPING,
        /** The lock on its job is lost: another delivery is under way and speaks for the job. */
        LOCK_LOST
    }

    private final Job job;
    private final AttemptRef ref;
    private final long takenAtNanos;
    private final long deadlineNanos;
    private final Cancellation cancellation = new Cancellation();
    private final AtomicReference<@Nullable Stop> stop = new AtomicReference<>();
    private final AtomicInteger tokens = new AtomicInteger();

    /**
     * @param takenAtNanos when the slot took the job, by {@link System#nanoTime()}
     * @param deadlineNanos when its budget ends, by the same clock
     */
    Attempt(Job job, Epoch epoch, String workerId, long takenAtNanos, long deadlineNanos) {
        this.job = job;
        this.ref =
                new AttemptRef(
                        job.getRequestId(),
                        job.getStage(),
                        job.getJobId(),
                        epoch,
                        workerId,
                        job.getModel());
        this.takenAtNanos = takenAtNanos;
        this.deadlineNanos = deadlineNanos;
    }

    /** What it works on. */
    public Job job() {
        return job;
    }

    /** Its number. */
    public Epoch epoch() {
        return ref.getEpoch();
    }

    /** Stops it; the first reason stays. */
    public void stop(Stop reason) {
        if (stop.compareAndSet(null, reason)) {
            cancellation.cancel();
        }
    }

    AttemptRef ref() {
        return ref;
    }

    Optional<Stop> stopped() {
        return Optional.ofNullable(stop.get());
    }

    boolean isLockLost() {
        return stop.get() == Stop.LOCK_LOST;
    }

    Cancellation cancellation() {
        return cancellation;
    }

    long takenAtNanos() {
        return takenAtNanos;
    }

    long deadlineNanos() {
        return deadlineNanos;
    }

    int tokens() {
        return tokens.get();
    }

    void generated(int count) {
        tokens.addAndGet(count);
    }
}
