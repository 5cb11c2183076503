package dev.brigade.bench.figures;

import java.util.List;

/**
 * The straight line nearest to some points, by least squares.
 *
 * @param start its value at 0
 * @param slope its growth with 1
 */
public record Line(double start, double slope) {

    /** A measured point. */
    public record Point(double x, double y) {}

    /**
     * Fits it.
     *
     * @param points at least two, not all at the same place
     */
    public static Line through(List<Point> points) {
        double meanX = points.stream().mapToDouble(Point::x).average().orElse(Double.NaN);
        double meanY = points.stream().mapToDouble(Point::y).average().orElse(Double.NaN);
        double spread = points.stream().mapToDouble(p -> (p.x() - meanX) * (p.x() - meanX)).sum();
        if (!(spread > 0)) {
            throw new IllegalArgumentException("a line needs two points in different places");
        }
        double slope =
                points.stream().mapToDouble(p -> (p.x() - meanX) * (p.y() - meanY)).sum() / spread;
        return new Line(meanY - slope * meanX, slope);
    }

    /** Where it reaches a value; infinite where it never does. */
    public double reaches(double value) {
        return slope > 0 ? Math.max(0, (value - start) / slope) : Double.POSITIVE_INFINITY;
    }
}
