package dev.brigade.demo.vision;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** The weights of the network while it learns. */
final class VisionWeights {

    private final Map<String, NDArray> learnt = new LinkedHashMap<>();
    private final Map<String, NDArray> running = new LinkedHashMap<>();

    VisionWeights(NDManager manager, long seed) {
        Random random = new Random(seed);
        for (Convolution layer : Convolution.LAYERS) {
            double deviation = Math.sqrt(2.0 / (layer.weights() / (double) layer.out()));
            long kernel = layer.kernel();
            learn(
                    layer.name() + ".weight",
                    manager.create(
                            normal(random, layer.weights(), deviation),
                            new Shape(layer.out(), layer.in(), kernel, kernel)));
            learn(layer.name() + ".gain", manager.ones(new Shape(layer.out())));
            learn(layer.name() + ".shift", manager.zeros(new Shape(layer.out())));
            running.put(layer.name() + ".mean", manager.zeros(new Shape(layer.out())));
            running.put(layer.name() + ".variance", manager.ones(new Shape(layer.out())));
        }
        int features = Convolution.FEATURES;
        learn(
                "head.weight",
                manager.create(
                        normal(random, 2 * features, 1 / Math.sqrt(features)),
                        new Shape(features, 2)));
        learn("head.bias", manager.zeros(new Shape(2)));
    }

    NDArray get(String name) {
        NDArray array = learnt.get(name);
        if (array == null) {
            array = running.get(name);
        }
        if (array == null) {
            throw new IllegalArgumentException("no weights " + name);
        }
        return array;
    }

    List<NDArray> learnt() {
        return new ArrayList<>(learnt.values());
    }

    /** A copy of everything as it is now. */
    Map<String, float[]> copy() {
        Map<String, float[]> copy = new LinkedHashMap<>();
        learnt.forEach((name, array) -> copy.put(name, array.toFloatArray()));
        running.forEach((name, array) -> copy.put(name, array.toFloatArray()));
        return copy;
    }

    /** Puts a copy back. */
    void restore(Map<String, float[]> copy) {
        copy.forEach((name, values) -> get(name).set(values));
    }

    private void learn(String name, NDArray array) {
        array.setRequiresGradient(true);
        learnt.put(name, array);
    }

    private static float[] normal(Random random, int count, double deviation) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) (random.nextGaussian() * deviation);
        }
        return values;
    }
}
