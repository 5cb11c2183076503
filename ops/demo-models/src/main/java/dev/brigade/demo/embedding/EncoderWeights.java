package dev.brigade.demo.embedding;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** The weights of the encoder while it learns; matrices lie with inputs as rows. */
final class EncoderWeights {

    static final String TOKENS = "tokens";
    static final String LAST_NORM = "last_norm";

    private final Map<String, NDArray> arrays = new LinkedHashMap<>();
    private final NDManager manager;
    private final Random random;

    EncoderWeights(NDManager manager, EncoderPlan plan, int tokens) {
        this.manager = manager;
        this.random = new Random(plan.seed());
        int width = plan.width();
        double in = 1 / Math.sqrt(width);
        double residual = 1 / Math.sqrt(2.0 * plan.blocks());
        matrix(TOKENS, tokens, width, 0.1);
        for (int block = 0; block < plan.blocks(); block++) {
            String prefix = "block." + block + ".";
            norm(prefix + "attention_norm", width);
            for (String part : List.of("query", "key", "value")) {
                matrix(prefix + part, width, width, in);
            }
            matrix(prefix + "joined", width, width, in * residual);
            norm(prefix + "feed_norm", width);
            matrix(prefix + "up", width, plan.feedForward(), in);
            vector(prefix + "up.bias", plan.feedForward(), 0);
            matrix(
                    prefix + "down",
                    plan.feedForward(),
                    width,
                    residual / Math.sqrt(plan.feedForward()));
            vector(prefix + "down.bias", width, 0);
        }
        norm(LAST_NORM, width);
    }

    NDArray get(String name) {
        NDArray array = arrays.get(name);
        if (array == null) {
            throw new IllegalArgumentException("no weights " + name);
        }
        return array;
    }

    Iterable<NDArray> all() {
        return arrays.values();
    }

    long count() {
        return arrays.values().stream().mapToLong(NDArray::size).sum();
    }

    Map<String, float[]> copy() {
        Map<String, float[]> copy = new LinkedHashMap<>();
        arrays.forEach((name, array) -> copy.put(name, array.toFloatArray()));
        return copy;
    }

    private void norm(String name, int width) {
        vector(name, width, 1);
        vector(name + ".bias", width, 0);
    }

    private void vector(String name, int length, float value) {
        add(name, manager.full(new Shape(length), value));
    }

    private void matrix(String name, int rows, int columns, double deviation) {
        float[] values = new float[rows * columns];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (random.nextGaussian() * deviation);
        }
        add(name, manager.create(values, new Shape(rows, columns)));
    }

    private void add(String name, NDArray array) {
        array.setRequiresGradient(true);
        arrays.put(name, array);
    }
}
