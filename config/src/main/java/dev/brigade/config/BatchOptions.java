package dev.brigade.config;

import dev.brigade.config.YamlNode.Properties;
import java.time.Duration;
import java.util.Set;

/**
 * How calls of a model are put together.
 *
 * @param maxSize most calls that run at once
 * @param timeout longest that a call waits for others to join it
 * @param queue calls that may wait; past it their callers wait
 * @param targetLatency how long a batch may take, for {@link Strategy#LATENCY_AWARE}
 */
public record BatchOptions(
        Strategy strategy, int maxSize, Duration timeout, int queue, Duration targetLatency) {

    /** Where the file says nothing. */
    public static final BatchOptions DEFAULT =
            new BatchOptions(
                    Strategy.GREEDY, 32, Duration.ofMillis(5), 256, Duration.ofMillis(50));

    private static final Set<String> PROPERTIES =
            Set.of("strategy", "max_size", "timeout", "queue", "target_latency");

    /** When a batch is complete. */
    public enum Strategy {
        /** When it is full, or its first call has waited for the timeout. */
        DYNAMIC,
        /** When it is full. */
        FIXED,
        /** At once, with whatever is there. */
        GREEDY,
        /** When it is as large as can be done within the target latency. */
        LATENCY_AWARE
    }

    static BatchOptions of(YamlNode node) {
        Properties in = Properties.of(node, PROPERTIES);
        int maxSize = in.integer("max_size", 1, 1_024, DEFAULT.maxSize);
        int queue = in.integer("queue", 1, 100_000, Math.max(maxSize, DEFAULT.queue));
        if (queue < maxSize) {
            throw node.error(
                    "queue must be at least max_size (%d), was %d".formatted(maxSize, queue));
        }
        return new BatchOptions(
                in.choice("strategy", Strategy.class, DEFAULT.strategy),
                maxSize,
                in.duration("timeout", Duration.ZERO, Duration.ofSeconds(10), DEFAULT.timeout),
                queue,
                in.duration(
                        "target_latency",
                        Duration.ofMillis(1),
                        Duration.ofMinutes(1),
                        DEFAULT.targetLatency));
    }
}
