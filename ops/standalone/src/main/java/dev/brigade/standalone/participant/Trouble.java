package dev.brigade.standalone.participant;

import java.time.Duration;

/**
 * How a participant misbehaves on purpose, to see what the system makes of it.
 *
 * @param silentFirst deliveries at first on which it hangs, 0 to 1000
 * @param silence how long it hangs, 1 ms to 1 h
 * @param failFirst deliveries after those that it answers as failed, 0 to 1000
 */
record Trouble(int silentFirst, Duration silence, int failFirst) {

    static final Trouble NONE = new Trouble(0, Duration.ofMinutes(1), 0);

    private static final int MOST = 1_000;

    Trouble {
        require(silentFirst >= 0 && silentFirst <= MOST, "--silent-first must be 0 to " + MOST);
        require(
                silence.isPositive() && silence.compareTo(Duration.ofHours(1)) <= 0,
                "--silence must be 1 to 3600000 ms");
        require(failFirst >= 0 && failFirst <= MOST, "--fail-first must be 0 to " + MOST);
    }

    private static void require(boolean kept, String rule) {
        if (!kept) {
            throw new IllegalArgumentException(rule);
        }
    }
}
