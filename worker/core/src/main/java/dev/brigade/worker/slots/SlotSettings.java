package dev.brigade.worker.slots;

import java.time.Duration;

/**
 * How slots behave.
 *
 * @param chunkInterval least time between two chunks of an attempt
 * @param progressInterval time between two signs of life of a running attempt
 * @param lock how long a job stays locked without a renewal, 15 to 60 s
 * @param takers consumers that share the slots of a model that generates no text, 1 or more
 */
public record SlotSettings(
        Duration chunkInterval, Duration progressInterval, Duration lock, int takers) {

    /** Takers where nothing is said. */
    public static final int DEFAULT_TAKERS = 4;

    /** What suits people who read along. */
    public static final SlotSettings DEFAULT =
            new SlotSettings(
                    Duration.ofMillis(20),
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(30),
                    DEFAULT_TAKERS);
}
