package dev.brigade.demo.embedding;

/**
 * The encoder and how it is trained.
 *
 * @param width numbers per text and per token
 * @param blocks layers of attention
 * @param feedForward width within a layer
 * @param vocabulary tokens at most
 * @param triples per step
 */
record EncoderPlan(
        int width,
        int blocks,
        int heads,
        int feedForward,
        int vocabulary,
        int steps,
        int triples,
        float rate,
        long seed) {

    static final EncoderPlan SHIPPED = new EncoderPlan(128, 2, 4, 256, 4096, 2500, 32, 2e-3f, 31);

    /** Tokens that the encoder reads at most. */
    static final int LONGEST = 512;

    /** Tokens of a text in training at most. */
    static final int LONGEST_LEARNT = 96;

    static final int TOKENIZER_TRIPLES = 15_000;
    static final long TOKENIZER_SEED = 30;

    private static final int WARM_UP = 100;

    /** The same with another number of steps. */
    EncoderPlan during(int otherSteps) {
        return new EncoderPlan(
                width, blocks, heads, feedForward, vocabulary, otherSteps, triples, rate, seed);
    }

    /** Numbers in the whole network; positions are not learnt. */
    int parameters(int tokens) {
        int norms = 2 * width;
        int attention = 4 * width * width + norms;
        int inner = 2 * width * feedForward + feedForward + width + norms;
        return tokens * width + blocks * (attention + inner) + norms;
    }

    int headLength() {
        return width / heads;
    }

    float rateAt(int step) {
        if (step < WARM_UP) {
            return rate * (step + 1) / WARM_UP;
        }
        double done = (double) (step - WARM_UP) / (steps - WARM_UP);
        return (float) (rate * (0.02 + 0.49 * (1 + Math.cos(Math.PI * done))));
    }

    /** Waves that tell positions apart, row after row, small against the tokens' own numbers. */
    float[] positions() {
        float[] table = new float[LONGEST * width];
        for (int position = 0; position < LONGEST; position++) {
            for (int i = 0; i < width; i++) {
                double angle = position * Math.pow(10_000, -(double) (i - i % 2) / width);
                double wave = i % 2 == 0 ? Math.sin(angle) : Math.cos(angle);
                table[position * width + i] = (float) (0.05 * wave);
            }
        }
        return table;
    }
}
