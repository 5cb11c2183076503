package dev.brigade.rest.config;

import java.time.Duration;

/** Checks of settings; the message names setting, variable and range. */
final class Bounds {

    private Bounds() {}

    static long within(String name, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    "%s must be %d to %d, not %d".formatted(name, least, most, value));
        }
        return value;
    }

    static Duration within(String name, Duration value, Duration least, Duration most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException(
                    "%s must be %s to %s, not %s"
                            .formatted(name, plain(least), plain(most), plain(value)));
        }
        return value;
    }

    static String filled(String name, String value) {
        if (value.isBlank()) {
            throw new IllegalArgumentException(name + " must not be empty");
        }
        return value;
    }

    private static String plain(Duration value) {
        return value.toMillis() % 1000 == 0 ? value.toSeconds() + "s" : value.toMillis() + "ms";
    }
}
