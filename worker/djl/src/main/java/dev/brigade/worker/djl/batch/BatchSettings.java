package dev.brigade.worker.djl.batch;

import dev.brigade.config.BatchOptions;
import dev.brigade.worker.turns.Shares;

/**
 * How calls of one model are put together.
 *
 * @param maxSize most calls in a batch
 * @param budget most cost of a batch with its padding
 * @param queue most calls that wait, at least {@code maxSize}
 */
public record BatchSettings(BatchPolicy policy, int maxSize, long budget, int queue) {

    public BatchSettings {
        if (maxSize < 1 || budget < 1 || queue < maxSize) {
            throw new IllegalArgumentException(
                    "a batch of %d calls within %d units from a queue of %d"
                            .formatted(maxSize, budget, queue));
        }
    }

    /**
     * As the options say.
     *
     * @param unitsPerCall what a call may cost where all places of a batch are taken
     */
    public static BatchSettings of(BatchOptions options, int unitsPerCall) {
        return new BatchSettings(
                BatchPolicy.of(options),
                options.maxSize(),
                (long) options.maxSize() * unitsPerCall,
                options.queue());
    }

    /** How the classes share the queue: none finds it filled by another. */
    public Shares shares() {
        return Shares.of(queue, maxSize);
    }

    /** With batches of at most {@code size} calls. */
    public BatchSettings withMaxSize(int size) {
        int smaller = Math.min(size, maxSize);
        return new BatchSettings(policy, smaller, budget, Math.max(smaller, queue));
    }

    /** With at most {@code calls} waiting, though always a batch's worth of them. */
    public BatchSettings withQueue(int calls) {
        return new BatchSettings(
                policy, maxSize, budget, Math.max(maxSize, Math.min(calls, queue)));
    }
}
