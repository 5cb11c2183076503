package dev.brigade.worker.djl.batch;

import dev.brigade.config.BatchOptions;

/**
 * When a batch is complete. A policy is a pure function of what has been gathered and of how long
 * batches took; whatever it says, no call waits longer than half its own limit, and a full batch
 * never waits.
 */
public sealed interface BatchPolicy {

    /** What {@link Fixed} waits for a full batch, in timeouts. */
    int FIXED_PATIENCE = 20;

    /**
     * Longest, in nanoseconds, that the first call of a batch that is not full waits for others.
     */
    long waitNanos(long units, LatencyEstimate seen);

    /** Most cost of a batch, where {@code most} is what the model was given. */
    default long budget(long most, LatencyEstimate seen) {
        return most;
    }

    /** The policy that the options name. */
    static BatchPolicy of(BatchOptions options) {
        long timeout = options.timeout().toNanos();
        return switch (options.strategy()) {
            case DYNAMIC -> new Dynamic(timeout);
            case FIXED -> new Fixed(timeout);
            case GREEDY -> new Greedy();
            case LATENCY_AWARE -> new LatencyAware(timeout, options.targetLatency().toNanos());
        };
    }

    /** Whatever is there, at once. */
    record Greedy() implements BatchPolicy {
        @Override
        public long waitNanos(long units, LatencyEstimate seen) {
            return 0;
        }
    }

    /** Up to a full batch, as long as the first call has not waited for the timeout. */
    record Dynamic(long timeoutNanos) implements BatchPolicy {
        @Override
        public long waitNanos(long units, LatencyEstimate seen) {
            return timeoutNanos;
        }
    }

    /**
     * A full batch: what a steady stream of calls wants. So that the last ones of a stream are not
     * left lying, the first call waits for {@value #FIXED_PATIENCE} timeouts at most.
     */
    record Fixed(long timeoutNanos) implements BatchPolicy {
        @Override
        public long waitNanos(long units, LatencyEstimate seen) {
            return FIXED_PATIENCE * timeoutNanos;
        }
    }

    /**
     * As large as can be run within the target: a batch grows only to a cost that is known to run
     * in time, and its first call waits only for what running leaves of the target.
     */
    record LatencyAware(long timeoutNanos, long targetNanos) implements BatchPolicy {
        @Override
        public long waitNanos(long units, LatencyEstimate seen) {
            return Math.clamp(targetNanos - seen.ofNanos(units), 0, timeoutNanos);
        }

        @Override
        public long budget(long most, LatencyEstimate seen) {
            return seen.largestWithin(targetNanos, most);
        }
    }
}
