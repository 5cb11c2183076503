package dev.brigade.worker.djl.text;

import dev.brigade.config.EmbeddingOptions.Pooling;
import java.nio.FloatBuffer;

/** Makes the vector of a text from those of its tokens; the tokens that fill it up do not count. */
final class TokenPooling {

    private TokenPooling() {}

    /**
     * The vector of one text.
     *
     * @param numbers vectors of the tokens of all texts of a batch, one after the other
     * @param start where the text's first token begins
     * @param length tokens of the text, without padding
     * @param width length of a vector
     */
    static float[] pool(Pooling pooling, FloatBuffer numbers, int start, int length, int width) {
        return switch (pooling) {
            case CLS -> token(numbers, start, width);
            case LAST -> token(numbers, start + (length - 1) * width, width);
            case MEAN -> mean(numbers, start, length, width);
        };
    }

    private static float[] token(FloatBuffer numbers, int at, int width) {
        float[] vector = new float[width];
        numbers.get(at, vector);
        return vector;
    }

    private static float[] mean(FloatBuffer numbers, int start, int length, int width) {
        double[] sums = new double[width];
        float[] token = new float[width];
        for (int i = 0; i < length; i++) {
            numbers.get(start + i * width, token);
            for (int d = 0; d < width; d++) {
                sums[d] += token[d];
            }
        }
        for (int d = 0; d < width; d++) {
            token[d] = (float) (sums[d] / length);
        }
        return token;
    }
}
