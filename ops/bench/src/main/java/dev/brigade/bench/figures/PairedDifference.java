package dev.brigade.bench.figures;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * The mean difference of values that were measured in pairs, and where it lies with 95 %: the
 * percentile bootstrap over the pairs. Differences that are all the same have an interval without
 * width, which says only that the sample holds no others.
 *
 * @param mean of the differences
 * @param interval from the 2.5th to the 97.5th percentile of the resampled means
 */
public record PairedDifference(double mean, Interval interval) {

    /** Resamples of one interval. */
    public static final int RESAMPLES = 10_000;

    private static final double TAIL = 0.025;

    /**
     * Resamples the pairs; the same sample and seed give the same interval.
     *
     * @param differences one for each pair
     */
    public static PairedDifference of(Sample differences, long seed) {
        double[] values = differences.values();
        double[] means = new double[RESAMPLES];
        SplittableRandom random = new SplittableRandom(seed);
        Arrays.setAll(means, i -> resampledMean(values, random));
        Sample resampled = Sample.of(means);
        return new PairedDifference(
                differences.mean(),
                new Interval(resampled.quantile(TAIL), resampled.quantile(1 - TAIL)));
    }

    private static double resampledMean(double[] values, SplittableRandom random) {
        double sum = 0;
        for (int i = 0; i < values.length; i++) {
            sum += values[random.nextInt(values.length)];
        }
        return sum / values.length;
    }
}
