package dev.brigade.demo.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.brigade.demo.gguf.LlamaShape;
import dev.brigade.demo.gguf.LlamaTensors;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/**
 * The weights of a llama-architecture model while it learns, by their GGUF names. Matrices lie with
 * inputs as rows, so that {@code x.matMul(w)} needs no transposition: a transposed view would be
 * owned by the weight and outlive the step that made it.
 */
final class Weights {

    private final Map<String, NDArray> arrays = new LinkedHashMap<>();
    private final NDManager manager;
    private final Random random;

    Weights(NDManager manager, LlamaShape shape, int vocabulary, long seed) {
        this.manager = manager;
        this.random = new Random(seed);
        int width = shape.width();
        int inner = shape.feedForward();
        double residual = 1 / Math.sqrt(2.0 * shape.blocks());
        matrix(LlamaTensors.EMBEDDINGS, vocabulary, width, 0.05);
        for (int block = 0; block < shape.blocks(); block++) {
            double in = 1 / Math.sqrt(width);
            gains(LlamaTensors.attentionNorm(block), width);
            matrix(LlamaTensors.query(block), width, width, in);
            matrix(LlamaTensors.key(block), width, width, in);
            matrix(LlamaTensors.value(block), width, width, in);
            matrix(LlamaTensors.attentionOutput(block), width, width, in * residual);
            gains(LlamaTensors.feedForwardNorm(block), width);
            matrix(LlamaTensors.gate(block), width, inner, in);
            matrix(LlamaTensors.up(block), width, inner, in);
            matrix(LlamaTensors.down(block), inner, width, residual / Math.sqrt(inner));
        }
        gains(LlamaTensors.LAST_NORM, width);
        matrix(LlamaTensors.OUTPUT, width, vocabulary, 0.02);
    }

    NDArray get(String name) {
        NDArray array = arrays.get(name);
        if (array == null) {
            throw new IllegalArgumentException("no weights " + name);
        }
        return array;
    }

    Map<String, NDArray> all() {
        return arrays;
    }

    long count() {
        return arrays.values().stream().mapToLong(NDArray::size).sum();
    }

    private void matrix(String name, int rows, int columns, double deviation) {
        float[] values = new float[rows * columns];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (random.nextGaussian() * deviation);
        }
        add(name, manager.create(values, new Shape(rows, columns)));
    }

    private void gains(String name, int length) {
        add(name, manager.ones(new Shape(length)));
    }

    private void add(String name, NDArray array) {
        array.setRequiresGradient(true);
        arrays.put(name, array);
    }
}
