package dev.brigade.config;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Checks of settings, for the constructors of settings records. What is out of bounds is an {@link
 * IllegalArgumentException} that names setting and range.
 */
public final class Bounds {

    private Bounds() {}

    /** The value, when it is within both bounds. */
    public static long within(String name, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    "%s must be %d to %d, not %d".formatted(name, least, most, value));
        }
        return value;
    }

    /** As {@link #within(String, long, long, long)}, for a setting that may be left out. */
    public static void withinIfSet(String name, @Nullable Integer value, long least, long most) {
        if (value != null) {
            within(name, value, least, most);
        }
    }

    /** The value, when it is within both bounds. */
    public static Duration within(String name, Duration value, Duration least, Duration most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException(
                    "%s must be %s to %s, not %s"
                            .formatted(name, plain(least), plain(most), plain(value)));
        }
        return value;
    }

    /** The value, when it is not blank. */
    public static String filled(String name, String value) {
        if (value.isBlank()) {
            throw new IllegalArgumentException(name + " must not be empty");
        }
        return value;
    }

    static String plain(Duration value) {
        return value.toMillis() % 1000 == 0 ? value.toSeconds() + "s" : value.toMillis() + "ms";
    }
}
