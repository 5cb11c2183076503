package dev.brigade.dispatcher.scheduling;

/**
 * Bounds of one model's queue.
 *
 * @param maxWaiting jobs, 1 to 1,000,000
 * @param prefetch jobs let out beyond the slots, 0 to 1,000
 * @param agingMs wait after which a low job counts as normal and a normal one as aged, 1 s to 1 d
 * @param maxHighRun high jobs in a row before one aged job goes, 1 to 1,000
 */
public record QueueLimits(int maxWaiting, int prefetch, long agingMs, int maxHighRun) {

    public static final QueueLimits DEFAULTS = new QueueLimits(10_000, 0, 30_000, 8);

    public QueueLimits {
        check("maxWaiting", maxWaiting, 1, 1_000_000);
        check("prefetch", prefetch, 0, 1_000);
        check("agingMs", agingMs, 1_000, 86_400_000);
        check("maxHighRun", maxHighRun, 1, 1_000);
    }

    private static void check(String name, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    "%s must be %d to %d, was %d".formatted(name, least, most, value));
        }
    }
}
