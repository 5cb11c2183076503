package dev.brigade.bench.figures;

/**
 * How many of so many.
 *
 * @param hits 0 to {@code trials}
 * @param trials at least 1
 */
public record Proportion(int hits, int trials) {

    /** Standard normal deviate with 2.5 % above it. */
    private static final double Z = 1.959963984540054;

    public Proportion {
        if (trials < 1 || hits < 0 || hits > trials) {
            throw new IllegalArgumentException("%d of %d".formatted(hits, trials));
        }
    }

    /** 0 to 1. */
    public double share() {
        return (double) hits / trials;
    }

    /** Wilson's score interval without continuity correction, at 95 %. */
    public Interval wilson95() {
        double p = share();
        double n = trials;
        double scale = 1 + Z * Z / n;
        double centre = (p + Z * Z / (2 * n)) / scale;
        double half = Z / scale * Math.sqrt(p * (1 - p) / n + Z * Z / (4 * n * n));
        // At the ends the bound is exact, and rounding must not move it past what was seen.
        double low = hits == 0 ? 0 : Math.max(0, centre - half);
        double high = hits == trials ? 1 : Math.min(1, centre + half);
        return new Interval(low, high);
    }
}
