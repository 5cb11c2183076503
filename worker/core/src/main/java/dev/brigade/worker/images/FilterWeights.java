package dev.brigade.worker.images;

import java.util.function.DoubleUnaryOperator;

/**
 * Which pixels of a row or column make up each new one, and with what weight.
 *
 * @param firsts first pixel of each new one
 * @param weights of the pixels from there on, in units of {@link #ONE}
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record FilterWeights(int[] firsts, int[][] weights) {

    /** Bits behind the point. */
    static final int BITS = 32 - 8 - 2;

    private static final int ONE = 1 << BITS;

    static FilterWeights of(int from, int to, double support, DoubleUnaryOperator filter) {
        double scale = (double) from / to;
        double stretch = Math.max(1, scale);
        double reach = support * stretch;
        int[] firsts = new int[to];
        int[][] weights = new int[to][];
        for (int i = 0; i < to; i++) {
            double centre = (i + 0.5) * scale;
            int first = Math.max(0, (int) (centre - reach + 0.5));
            int end = Math.min(from, (int) (centre + reach + 0.5));
            double[] exact = new double[end - first];
            double sum = 0;
            for (int k = 0; k < exact.length; k++) {
                exact[k] = filter.applyAsDouble((k + first - centre + 0.5) / stretch);
                sum += exact[k];
            }
            firsts[i] = first;
            weights[i] = rounded(exact, sum);
        }
        return new FilterWeights(firsts, weights);
    }

    private static int[] rounded(double[] exact, double sum) {
        int[] rounded = new int[exact.length];
        for (int k = 0; k < exact.length; k++) {
            double weight = sum == 0 ? exact[k] : exact[k] / sum;
            rounded[k] = (int) (weight * ONE + (weight < 0 ? -0.5 : 0.5));
        }
        return rounded;
    }

    int size() {
        return firsts.length;
    }
}
