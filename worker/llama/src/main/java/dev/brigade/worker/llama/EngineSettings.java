package dev.brigade.worker.llama;

import java.time.Duration;

/**
 * How patient the worker is with its engine processes.
 *
 * @param loadTimeout most time that a load takes, besides a second for every 20 MB of the file
 * @param pingInterval time between two questions whether the engine is alive
 * @param hangTimeout an engine that answers nothing for so long is killed
 * @param drainTimeout an engine that works on for so long on a cancelled request is killed
 * @param cancelGrace time to wait for the exact counts of a cancelled request
 * @param firstBackoff wait before the first restart; doubled each time
 * @param longestBackoff longest wait before a restart
 * @param mostRestarts restarts in {@code restartWindow} after which the model stays down
 * @param heapMb heap of an engine's JVM, which holds no weights
 */
public record EngineSettings(
        Duration loadTimeout,
        Duration pingInterval,
        Duration hangTimeout,
        Duration drainTimeout,
        Duration cancelGrace,
        Duration firstBackoff,
        Duration longestBackoff,
        int mostRestarts,
        Duration restartWindow,
        int heapMb) {

    private static final long LOAD_BYTES_PER_SECOND = 20_000_000;

    public EngineSettings {
        if (mostRestarts < 0 || heapMb < 64) {
            throw new IllegalArgumentException("restarts below 0 or a heap below 64 MB");
        }
        if (hangTimeout.compareTo(pingInterval) < 0) {
            throw new IllegalArgumentException("a hang timeout below the ping interval");
        }
    }

    /** What suits a busy machine. */
    public static EngineSettings defaults() {
        return new EngineSettings(
                Duration.ofSeconds(60),
                Duration.ofSeconds(2),
                Duration.ofSeconds(15),
                Duration.ofSeconds(60),
                Duration.ofSeconds(2),
                Duration.ofMillis(200),
                Duration.ofSeconds(10),
                5,
                Duration.ofMinutes(10),
                256);
    }

    /** Most time that loading a file of this size takes. */
    Duration loadTimeout(long fileBytes) {
        return loadTimeout.plusSeconds(fileBytes / LOAD_BYTES_PER_SECOND);
    }

    /** Wait before the restart with this number, from 0. */
    Duration backoff(int restart) {
        Duration wait = firstBackoff.multipliedBy(1L << Math.min(restart, 20));
        return wait.compareTo(longestBackoff) < 0 ? wait : longestBackoff;
    }
}
