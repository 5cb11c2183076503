package dev.brigade.dispatcher.agreement;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How like several texts are to each other, by the cosine of their embeddings. The vectors are not
 * kept.
 *
 * @param texts how many
 * @param cosines of the pairs (1, 0), (2, 0), (2, 1), (3, 0) and so on, to four places
 */
public record Likeness(int texts, List<Double> cosines) {

    public Likeness {
        cosines = List.copyOf(cosines);
        if (cosines.size() != texts * (texts - 1) / 2) {
            throw new IllegalArgumentException(
                    "%d pairs of %d texts".formatted(cosines.size(), texts));
        }
    }

    /**
     * Of vectors that lie one after the other.
     *
     * @param vectors 32-bit floats, little-endian
     * @return empty where a vector has no direction or holds what is no number
     */
    public static Optional<Likeness> of(byte[] vectors, int texts, int dimensions) {
        var floats = ByteBuffer.wrap(vectors).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
        if (floats.remaining() != texts * dimensions) {
            throw new IllegalArgumentException(
                    "%d numbers for %d vectors of %d"
                            .formatted(floats.remaining(), texts, dimensions));
        }
        var rows = new double[texts][dimensions];
        for (int i = 0; i < texts; i++) {
            for (int k = 0; k < dimensions; k++) {
                rows[i][k] = floats.get(i * dimensions + k);
            }
        }
        var cosines = new ArrayList<Double>();
        for (int i = 0; i < texts; i++) {
            for (int j = 0; j < i; j++) {
                double cosine = cosine(rows[i], rows[j]);
                if (!Double.isFinite(cosine)) {
                    return Optional.empty();
                }
                cosines.add(Math.round(cosine * 10_000) / 10_000.0);
            }
        }
        return Optional.of(new Likeness(texts, cosines));
    }

    private static double cosine(double[] one, double[] other) {
        double product = 0;
        double first = 0;
        double second = 0;
        for (int k = 0; k < one.length; k++) {
            product += one[k] * other[k];
            first += one[k] * one[k];
            second += other[k] * other[k];
        }
        return product / Math.sqrt(first * second);
    }

    /** Of two different texts, by their places. */
    public double cosine(int one, int other) {
        int high = Math.max(one, other);
        return cosines.get(high * (high - 1) / 2 + Math.min(one, other));
    }
}
