package dev.brigade.worker.app;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Checks of settings, whose errors name the setting and what it may be. */
final class Bounds {

    private Bounds() {}

    static void within(String name, @Nullable Integer value, int least, int most) {
        if (value != null && (value < least || value > most)) {
            throw new IllegalArgumentException(
                    "%s must be %d to %d, not %d".formatted(name, least, most, value));
        }
    }

    static void within(String name, Duration value, Duration least, Duration most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException(
                    "%s must be %d to %d ms, not %d ms"
                            .formatted(name, least.toMillis(), most.toMillis(), value.toMillis()));
        }
    }

    static void filled(String name, String value) {
        if (value.isBlank()) {
            throw new IllegalArgumentException(name + " must not be empty");
        }
    }
}
