package dev.brigade.bench.generation;

import java.time.Duration;

/**
 * A way to the engine. Safe for use by as many platform threads as the model has slots. Sampling is
 * greedy with a fixed seed by every way.
 */
interface Way extends AutoCloseable {

    /** Most time that one request may take. */
    Duration LIMIT = Duration.ofMinutes(2);

    long SEED = 1;

    String name();

    /**
     * Runs one request to its end.
     *
     * @throws IllegalStateException when there is no answer
     */
    Generated generate(Prompt prompt) throws InterruptedException;

    @Override
    void close();
}
