package dev.brigade.demo.train;

import dev.brigade.demo.corpus.Mixture;
import dev.brigade.demo.gguf.LlamaShape;
import dev.brigade.demo.gguf.TensorType;

/**
 * How one model is trained. The learning rate rises over {@code warmUp} steps to {@code rate}, then
 * follows a half cosine that would end at step {@code horizon}; over the last {@code coolDown}
 * steps it is lowered to nothing in a straight line besides.
 *
 * @param id name of the model and of its file
 * @param type how matrices are stored
 * @param sequences conversations per step
 * @param mixture what these are mixed of
 */
record Plan(
        String id,
        LlamaShape shape,
        TensorType type,
        int steps,
        int warmUp,
        int horizon,
        int coolDown,
        float rate,
        int sequences,
        Mixture mixture,
        long seed) {

    static final int CONTEXT = 1024;
    static final int VOCABULARY = 768;
    static final int LONGEST_SEQUENCE = 224;

    static final Plan FAST =
            new Plan(
                    "brigade-demo-fast",
                    new LlamaShape(CONTEXT, 128, 4, 4, 320),
                    TensorType.F16,
                    2350,
                    100,
                    3600,
                    500,
                    4e-3f,
                    16,
                    Mixture.USUAL,
                    11);
    static final Plan PRIMARY =
            new Plan(
                    "brigade-demo-primary",
                    new LlamaShape(CONTEXT, 192, 6, 4, 512),
                    TensorType.F16,
                    1850,
                    100,
                    2600,
                    600,
                    2.5e-3f,
                    16,
                    Mixture.USUAL,
                    12);

    float rateAt(int step) {
        if (step < warmUp) {
            return rate * (step + 1) / warmUp;
        }
        double done = (double) (step - warmUp) / (horizon - warmUp);
        double left = Math.min(1, (double) (steps - step) / coolDown);
        return (float) (rate * 0.5 * (1 + Math.cos(Math.PI * done)) * left);
    }
}
