package dev.brigade.worker.remote;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads the vectors of an answer: numbers, or Base64 of little-endian floats. */
final class VectorList {

    private static final int MOST_DIMENSIONS = 65_536;

    private VectorList() {}

    /**
     * The vectors in the order of their texts.
     *
     * @param count as many as there must be
     * @param normalize whether they get the length 1
     */
    static List<float[]> of(JsonNode answer, int count, boolean normalize) throws CallFailure {
        JsonNode data = answer.path("data");
        if (!data.isArray() || data.size() != count) {
            throw CallFailure.malformed("with another number of vectors than texts");
        }
        float[] @Nullable [] vectors = new float[count] @Nullable [];
        for (int i = 0; i < count; i++) {
            JsonNode item = data.path(i);
            int index = item.path("index").isInt() ? item.path("index").intValue() : i;
            if (index < 0 || index >= count || vectors[index] != null) {
                throw CallFailure.malformed("with vectors of no text");
            }
            float[] vector = vector(item.path("embedding"));
            vectors[index] = normalize ? unit(vector) : vector;
        }
        return Stream.of(vectors).map(VectorList::there).toList();
    }

    private static float[] there(float @Nullable [] vector) {
        if (vector == null) {
            throw new IllegalStateException("as many different indexes as vectors");
        }
        return vector;
    }

    private static float[] vector(JsonNode node) throws CallFailure {
        float[] vector = node.isString() ? decoded(node.stringValue()) : numbers(node);
        if (vector.length == 0 || vector.length > MOST_DIMENSIONS) {
            throw CallFailure.malformed("with a vector of " + vector.length + " numbers");
        }
        for (float number : vector) {
            if (!Float.isFinite(number)) {
                throw CallFailure.malformed("with a vector of what is no number");
            }
        }
        return vector;
    }

    private static float[] decoded(String base64) throws CallFailure {
        try {
            FloatBuffer floats =
                    ByteBuffer.wrap(Base64.getDecoder().decode(base64))
                            .order(ByteOrder.LITTLE_ENDIAN)
                            .asFloatBuffer();
            float[] vector = new float[floats.remaining()];
            floats.get(vector);
            return vector;
        } catch (IllegalArgumentException e) {
            throw CallFailure.malformed("with vectors that are no Base64");
        }
    }

    private static float[] numbers(JsonNode node) throws CallFailure {
        float[] vector = new float[node.size()];
        for (int i = 0; i < vector.length; i++) {
            JsonNode number = node.path(i);
            if (!number.isNumber()) {
                throw CallFailure.malformed("with a vector of what is no number");
            }
            vector[i] = (float) number.doubleValue();
        }
        return vector;
    }

    private static float[] unit(float[] vector) {
        double sum = 0;
        for (float number : vector) {
            sum += (double) number * number;
        }
        float length = (float) Math.sqrt(sum);
        if (length > 0) {
            for (int i = 0; i < vector.length; i++) {
                vector[i] /= length;
            }
        }
        return vector;
    }
}
