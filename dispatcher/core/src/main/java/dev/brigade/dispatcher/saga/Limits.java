package dev.brigade.dispatcher.saga;

/**
 * Bounds of one request's life.
 *
 * @param maxDispatches of one stage, 1 to 10
 * @param maxAttempts of one stage over all dispatches, 1 to 20
 * @param maxCrashes engine crashes by one stage before its request is a dead letter, 1 to 10
 * @param stallTimeoutMs silence after which a released attempt is given up, 1 s to 1 h
 * @param tombstoneMs how long a closed request's id is remembered, 1 s to 7 d
 * @param landingMs how long before its deadline a request is answered with what there is, while
 *     only stages run that it can do without; 1 ms to 1 min, and at most a tenth of its time
 * @param undoing of effects outside
 */
public record Limits(
        int maxDispatches,
        int maxAttempts,
        int maxCrashes,
        long stallTimeoutMs,
        long tombstoneMs,
        long landingMs,
        UndoLimits undoing) {

    public static final Limits DEFAULTS =
            new Limits(3, 5, 2, 45_000, 3_600_000, 500, UndoLimits.DEFAULTS);

    public Limits {
        check("maxDispatches", maxDispatches, 1, 10);
        check("maxAttempts", maxAttempts, 1, 20);
        check("maxCrashes", maxCrashes, 1, 10);
        check("stallTimeoutMs", stallTimeoutMs, 1_000, 3_600_000);
        check("tombstoneMs", tombstoneMs, 1_000, 604_800_000);
        check("landingMs", landingMs, 1, 60_000);
    }

    static void check(String name, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    "%s must be %d to %d, was %d".formatted(name, least, most, value));
        }
    }
}
