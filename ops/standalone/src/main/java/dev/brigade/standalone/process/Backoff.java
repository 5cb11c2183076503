package dev.brigade.standalone.process;

import java.time.Duration;

/**
 * How long to wait before a program that ended is started again: twice as long after each early
 * end, up to a limit, and short again after one that had run for a while.
 *
 * @param first pause after the first end
 * @param longest limit of the pauses
 * @param calm run time after which earlier ends are forgotten
 */
public record Backoff(Duration first, Duration longest, Duration calm) {

    /** Half a second at first, half a minute at most. */
    public static Backoff standard() {
        return new Backoff(Duration.ofMillis(500), Duration.ofSeconds(30), Duration.ofMinutes(1));
    }

    /** Ends in a row, counting one after {@code ran}, given those before it. */
    int endsInARow(int before, Duration ran) {
        return ran.compareTo(calm) >= 0 ? 1 : before + 1;
    }

    /** Pause after that many ends in a row. */
    Duration pause(int endsInARow) {
        int doublings = Math.min(endsInARow - 1, 20);
        Duration pause = first.multipliedBy(1L << doublings);
        return pause.compareTo(longest) < 0 ? pause : longest;
    }
}
