package dev.brigade.bench.figures;

/**
 * Where a value lies, as far as a sample tells.
 *
 * @param low least value
 * @param high greatest value
 */
public record Interval(double low, double high) {

    public Interval {
        if (!(low <= high)) {
            throw new IllegalArgumentException("an interval from %s to %s".formatted(low, high));
        }
    }

    /** Both ends in per cent. */
    public String percent(int decimals) {
        return "%s to %s"
                .formatted(Table.number(low * 100, decimals), Table.number(high * 100, decimals));
    }
}
