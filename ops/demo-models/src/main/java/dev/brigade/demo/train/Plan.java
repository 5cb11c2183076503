package dev.brigade.demo.train;

import dev.brigade.demo.gguf.LlamaShape;
import dev.brigade.demo.gguf.TensorType;

/**
 * How one model is trained.
 *
 * @param id name of the model and of its file
 * @param rate highest learning rate, reached after {@code warmUp} steps and then lowered to nothing
 *     along a half cosine
 * @param sequences conversations per step
 * @param type how matrices are stored
 */
record Plan(
        String id,
        LlamaShape shape,
        TensorType type,
        int steps,
        int warmUp,
        float rate,
        int sequences,
        long seed) {

    static final int CONTEXT = 1024;
    static final int VOCABULARY = 768;
    static final int LONGEST_SEQUENCE = 224;

    static final Plan FAST =
            new Plan(
                    "brigade-demo-fast",
                    new LlamaShape(CONTEXT, 128, 4, 4, 320),
                    TensorType.F16,
                    3600,
                    100,
                    4e-3f,
                    16,
                    11);
    static final Plan PRIMARY =
            new Plan(
                    "brigade-demo-primary",
                    new LlamaShape(CONTEXT, 192, 6, 4, 512),
                    TensorType.F16,
                    2600,
                    100,
                    2.5e-3f,
                    16,
                    12);

    float rateAt(int step) {
        if (step < warmUp) {
            return rate * (step + 1) / warmUp;
        }
        double done = (double) (step - warmUp) / (steps - warmUp);
        return (float) (rate * 0.5 * (1 + Math.cos(Math.PI * done)));
    }
}
