package dev.brigade.worker.slots;

import java.util.OptionalDouble;
import java.util.function.LongSupplier;

/** Tokens per second of the last ten seconds, over all slots of a model. Thread-safe. */
final class TokenSpeed {

    private static final int SECONDS = 10;
    private static final long NANOS = 1_000_000_000L;

    private final LongSupplier nanoTime;
    private final long[] counts = new long[SECONDS];
    private final long[] seconds = new long[SECONDS];

    TokenSpeed(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    synchronized void generated(int tokens) {
        long second = Math.floorDiv(nanoTime.getAsLong(), NANOS);
        int place = Math.floorMod(second, SECONDS);
        if (seconds[place] != second) {
            seconds[place] = second;
            counts[place] = 0;
        }
        counts[place] += tokens;
    }

    /** Over the full seconds in which something was generated; empty where there was none. */
    synchronized OptionalDouble perSecond() {
        long now = Math.floorDiv(nanoTime.getAsLong(), NANOS);
        long tokens = 0;
        int busy = 0;
        for (int place = 0; place < SECONDS; place++) {
            long ago = now - seconds[place];
            if (counts[place] > 0 && ago > 0 && ago < SECONDS) {
                tokens += counts[place];
                busy++;
            }
        }
        return busy == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) tokens / busy);
    }
}
