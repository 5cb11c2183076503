package dev.brigade.worker.djl.batch;

import java.util.Arrays;

/**
 * How long batches take, by their cost, as lately seen.
 *
 * <p>Costs are put into classes by powers of two, each with a moving average. A class never seen is
 * guessed from the next smaller one, in proportion: batching only ever gets cheaper per call, so
 * that guess errs on the safe side. For the same reason an average that is above such a guess from
 * a fresh measurement is drawn towards it, or one stutter of the machine would shut out a size for
 * good. Not thread-safe.
 */
final class LatencyEstimate {

    private static final int CLASSES = 40;
    private static final double NEWEST = 0.25;
    private static final double FORGET = 0.125;
    private static final double UNSEEN = -1;

    private final double[] averages = new double[CLASSES];

    LatencyEstimate() {
        Arrays.fill(averages, UNSEEN);
    }

    /** Takes note of a batch that has run. */
    void record(long units, long tookNanos) {
        int seen = classOf(units);
        averages[seen] =
                averages[seen] == UNSEEN
                        ? tookNanos
                        : averages[seen] + NEWEST * (tookNanos - averages[seen]);
        for (int larger = seen + 1; larger < CLASSES; larger++) {
            double guess = Math.scalb((double) tookNanos, larger - seen);
            if (averages[larger] > guess) {
                averages[larger] += FORGET * (guess - averages[larger]);
            }
        }
    }

    /** How long a batch of this cost would take, in nanoseconds; 0 while nothing is known. */
    long ofNanos(long units) {
        int wanted = classOf(units);
        for (int known = wanted; known >= 0; known--) {
            if (averages[known] != UNSEEN) {
                return (long) Math.scalb(averages[known], wanted - known);
            }
        }
        for (int larger = wanted + 1; larger < CLASSES; larger++) {
            if (averages[larger] != UNSEEN) {
                return (long) averages[larger];
            }
        }
        return 0;
    }

    /**
     * The largest cost, of at most {@code most}, that takes no longer; 1 while nothing is known.
     */
    long largestWithin(long limitNanos, long most) {
        long largest = 1;
        for (long units = 1; units <= most && fits(units, limitNanos); units *= 2) {
            largest = units;
        }
        return largest * 2 > most && fits(most, limitNanos) ? most : largest;
    }

    private boolean fits(long units, long limitNanos) {
        long took = ofNanos(units);
        return took > 0 && took <= limitNanos;
    }

    private static int classOf(long units) {
        return Math.min(CLASSES - 1, 64 - Long.numberOfLeadingZeros(Math.max(1, units) - 1));
    }
}
