package dev.brigade.worker.pool;

import java.time.Duration;

/**
 * How the pool behaves.
 *
 * @param memoryLimitMb memory that all loaded models may take together, in MiB
 * @param parallelLoads models that are loaded at once
 * @param unloadGrace how long running jobs may go on when their model is unloaded
 * @param lookInterval time between two looks at files and engines
 * @param maxPins pins of requests that may hold models at once, 1 or more
 */
public record PoolSettings(
        long memoryLimitMb,
        int parallelLoads,
        Duration unloadGrace,
        Duration lookInterval,
        int maxPins) {

    /** Pins where nothing is said. */
    public static final int DEFAULT_MAX_PINS = 256;

    /** With the usual number of pins. */
    public PoolSettings(
            long memoryLimitMb, int parallelLoads, Duration unloadGrace, Duration lookInterval) {
        this(memoryLimitMb, parallelLoads, unloadGrace, lookInterval, DEFAULT_MAX_PINS);
    }
}
