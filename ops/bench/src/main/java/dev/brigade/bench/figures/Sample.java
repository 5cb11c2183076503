package dev.brigade.bench.figures;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleBinaryOperator;

/** Measured values in the order in which they were measured; never empty. */
public final class Sample {

    private final double[] values;
    private final double[] sorted;

    private Sample(double[] values) {
        if (values.length == 0) {
            throw new IllegalArgumentException("a sample needs a value");
        }
        this.values = values;
        this.sorted = values.clone();
        Arrays.sort(sorted);
    }

    /** These values. */
    public static Sample of(List<Double> values) {
        return new Sample(values.stream().mapToDouble(Double::doubleValue).toArray());
    }

    /** These values. */
    public static Sample of(double... values) {
        return new Sample(values.clone());
    }

    public int size() {
        return values.length;
    }

    public double median() {
        return quantile(0.5);
    }

    public double mean() {
        return Arrays.stream(values).average().orElseThrow();
    }

    public double least() {
        return sorted[0];
    }

    public double most() {
        return sorted[sorted.length - 1];
    }

    /**
     * The value below which this share of the values lies, interpolated between neighbours.
     *
     * @param share 0 to 1
     */
    public double quantile(double share) {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("a share is 0 to 1, not " + share);
        }
        double place = share * (sorted.length - 1);
        int below = (int) Math.floor(place);
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }

    /** Each value divided by the other's of the same place: ratios of what ran side by side. */
    public Sample over(Sample other) {
        return with(other, (mine, theirs) -> mine / theirs);
    }

    /** Each value less the other's of the same place. */
    public Sample minus(Sample other) {
        return with(other, (mine, theirs) -> mine - theirs);
    }

    /** The values in the order in which they were measured. */
    double[] values() {
        return values.clone();
    }

    private Sample with(Sample other, DoubleBinaryOperator operator) {
        if (other.values.length != values.length) {
            throw new IllegalArgumentException(
                    "%d values against %d".formatted(values.length, other.values.length));
        }
        List<Double> results = new ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            results.add(operator.applyAsDouble(values[i], other.values[i]));
        }
        return of(results);
    }
}
