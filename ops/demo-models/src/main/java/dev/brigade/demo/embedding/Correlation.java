package dev.brigade.demo.embedding;

import java.util.Arrays;
import java.util.stream.IntStream;

/** How two rows of numbers belong together. */
final class Correlation {

    private Correlation() {}

    static double pearson(double[] first, double[] second) {
        double meanFirst = Arrays.stream(first).average().orElse(0);
        double meanSecond = Arrays.stream(second).average().orElse(0);
        double both = 0;
        double squaresFirst = 0;
        double squaresSecond = 0;
        for (int i = 0; i < first.length; i++) {
            double a = first[i] - meanFirst;
            double b = second[i] - meanSecond;
            both += a * b;
            squaresFirst += a * a;
            squaresSecond += b * b;
        }
        return both / Math.sqrt(squaresFirst * squaresSecond);
    }

    /** Of the ranks; equal numbers share the mean of theirs. */
    static double spearman(double[] first, double[] second) {
        return pearson(ranks(first), ranks(second));
    }

    /** How often a number of the first row is above one of the second; equal ones count half. */
    static double above(double[] first, double[] second) {
        double wins = 0;
        for (double a : first) {
            for (double b : second) {
                wins += a > b ? 1 : a < b ? 0 : 0.5;
            }
        }
        return wins / first.length / second.length;
    }

    private static double[] ranks(double[] values) {
        int[] order =
                IntStream.range(0, values.length)
                        .boxed()
                        .sorted((a, b) -> Double.compare(values[a], values[b]))
                        .mapToInt(Integer::intValue)
                        .toArray();
        double[] ranks = new double[values.length];
        int start = 0;
        while (start < order.length) {
            int end = start;
            while (end < order.length && values[order[end]] == values[order[start]]) {
                end++;
            }
            for (int i = start; i < end; i++) {
                ranks[order[i]] = (start + end - 1) / 2.0;
            }
            start = end;
        }
        return ranks;
    }
}
