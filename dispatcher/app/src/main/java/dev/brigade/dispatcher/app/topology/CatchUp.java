package dev.brigade.dispatcher.app.topology;

/**
 * Whether a dispatcher that has begun with work from before has read what happened to it meanwhile.
 * Until then its timers wait: one that was away for longer than an attempt may be silent would
 * otherwise take work for lost whose result already lies in the log, and have it done again.
 *
 * <p>It has caught up when it has read an event that is younger than its start, or when no event
 * has come for {@link #QUIET_MS}; and after {@link #LONGEST_MS} whatever comes.
 */
final class CatchUp {

    private static final long QUIET_MS = 2_000;
    private static final long LONGEST_MS = 30_000;

    private final long startedMs;
    private long lastReadMs;
    private boolean over;

    /**
     * @param anything whether there is any work from before
     */
    CatchUp(long nowMs, boolean anything) {
        startedMs = nowMs;
        lastReadMs = nowMs;
        over = !anything;
    }

    /** To be told of each event that is read. */
    void read(long eventMs, long nowMs) {
        lastReadMs = nowMs;
        over |= eventMs >= startedMs;
    }

    /** How long timers must still wait at least; 0 when they need not. */
    long waitMs(long nowMs) {
        if (!over) {
            long quietAtMs = Math.min(lastReadMs + QUIET_MS, startedMs + LONGEST_MS);
            over = nowMs >= quietAtMs;
            return over ? 0 : quietAtMs - nowMs;
        }
        return 0;
    }
}
