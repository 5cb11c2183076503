package dev.brigade.bench.batching;

import dev.brigade.config.BatchOptions;
import dev.brigade.config.ModelOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A way to put calls together.
 *
 * @param name as {@code models.yaml} has it, or {@code alone}
 */
record Strategy(String name, BatchOptions batches) {

    private static final int QUEUE = 256;

    /** Each call is a batch of its own: what the others are measured by. */
    static final Strategy ALONE =
            new Strategy(
                    "alone",
                    new BatchOptions(
                            BatchOptions.Strategy.GREEDY,
                            1,
                            Duration.ZERO,
                            QUEUE,
                            BatchOptions.DEFAULT.targetLatency()));

    /** That one, and then all that can be configured, with the defaults beside. */
    static List<Strategy> all() {
        List<Strategy> all = new ArrayList<>(List.of(ALONE));
        for (BatchOptions.Strategy strategy : BatchOptions.Strategy.values()) {
            BatchOptions defaults = BatchOptions.DEFAULT;
            all.add(
                    new Strategy(
                            strategy.name().toLowerCase(Locale.ROOT),
                            new BatchOptions(
                                    strategy,
                                    defaults.maxSize(),
                                    defaults.timeout(),
                                    defaults.queue(),
                                    defaults.targetLatency())));
        }
        return List.copyOf(all);
    }

    /** The options of a model with these batches. */
    ModelOptions options() {
        ModelOptions defaults = ModelOptions.DEFAULT;
        return new ModelOptions(
                defaults.engine(),
                defaults.device(),
                batches,
                defaults.classify(),
                defaults.embedding(),
                defaults.remote());
    }
}
