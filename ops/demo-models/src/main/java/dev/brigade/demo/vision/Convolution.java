package dev.brigade.demo.vision;

import java.util.List;

/**
 * One layer: a convolution that keeps the size but for its stride, normalised, then cut at zero.
 */
record Convolution(String name, int in, int out, int kernel, int stride) {

    /**
     * The layers of the shipped network; its last values are averaged and also their maxima taken.
     */
    static final List<Convolution> LAYERS =
            List.of(
                    new Convolution("c1", 3, 16, 5, 2),
                    new Convolution("c2", 16, 32, 3, 2),
                    new Convolution("c3", 32, 32, 3, 1),
                    new Convolution("c4", 32, 64, 3, 2),
                    new Convolution("c5", 64, 64, 3, 1),
                    new Convolution("c6", 64, 96, 3, 2));

    /** Numbers per picture after the last layer. */
    static final int FEATURES = 2 * LAYERS.getLast().out();

    /** Numbers in the whole network. */
    static int parameters() {
        int head = 2 * FEATURES + 2;
        return head + LAYERS.stream().mapToInt(layer -> layer.weights() + layer.out()).sum();
    }

    int padding() {
        return kernel / 2;
    }

    int weights() {
        return out * in * kernel * kernel;
    }
}
