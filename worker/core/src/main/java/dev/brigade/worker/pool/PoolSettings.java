package dev.brigade.worker.pool;

import java.time.Duration;

/**
 * How the pool behaves.
 *
 * @param memoryLimitMb memory that all loaded models may take together, in MiB
 * @param parallelLoads models that are loaded at once
 * @param unloadGrace how long running jobs may go on when their model is unloaded
 * @param lookInterval time between two looks at files and engines
 */
public record PoolSettings(
        long memoryLimitMb, int parallelLoads, Duration unloadGrace, Duration lookInterval) {}
