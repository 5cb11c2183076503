package dev.brigade.demo.vision;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.norm.BatchNorm;

/** The network as it is computed while learning. Everything computed joins the input's manager. */
final class VisionNetwork {

    static final float EPSILON = 1e-5f;
    private static final float MOMENTUM = 0.9f;

    private final VisionWeights weights;

    VisionNetwork(VisionWeights weights) {
        this.weights = weights;
    }

    /**
     * Scores of both labels.
     *
     * @param pixels (pictures, 3, side, side)
     * @param kept what to multiply the features with, (pictures, features)
     */
    NDArray scores(NDArray pixels, NDArray kept, boolean learning) {
        NDArray x = pixels;
        for (Convolution layer : Convolution.LAYERS) {
            x = normalised(convolved(x, layer), layer, learning);
            x = Activation.relu(new NDList(x)).singletonOrThrow();
        }
        Shape flat = new Shape(x.getShape().get(0), x.getShape().get(1), -1);
        NDArray places = x.reshape(flat);
        NDArray features =
                NDArrays.concat(
                        new NDList(places.mean(new int[] {2}), places.max(new int[] {2})), 1);
        return features.mul(kept).matMul(weights.get("head.weight")).add(weights.get("head.bias"));
    }

    private NDArray convolved(NDArray x, Convolution layer) {
        return Conv2d.conv2d(
                        x,
                        weights.get(layer.name() + ".weight"),
                        null,
                        new Shape(layer.stride(), layer.stride()),
                        new Shape(layer.padding(), layer.padding()),
                        new Shape(1, 1),
                        1)
                .singletonOrThrow();
    }

    private NDArray normalised(NDArray x, Convolution layer, boolean learning) {
        return BatchNorm.batchNorm(
                        x,
                        weights.get(layer.name() + ".mean"),
                        weights.get(layer.name() + ".variance"),
                        weights.get(layer.name() + ".gain"),
                        weights.get(layer.name() + ".shift"),
                        1,
                        MOMENTUM,
                        EPSILON,
                        learning)
                .singletonOrThrow();
    }
}
