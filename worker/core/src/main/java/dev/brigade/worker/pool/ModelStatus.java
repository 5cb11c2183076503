package dev.brigade.worker.pool;

import dev.brigade.schema.ModelState;
import dev.brigade.worker.backend.ModelFacts;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How a model is at one moment.
 *
 * @param error why it failed
 * @param slots jobs that it takes at once; 0 unless it is ready
 * @param running jobs that it works on
 * @param progress of loading, 0 to 100
 * @param facts what it is, where it is loaded
 */
public record ModelStatus(
        HostedModel hosted,
        ModelState state,
        Optional<String> error,
        int slots,
        int running,
        int progress,
        OptionalDouble tokensPerSecond,
        Optional<ModelFacts> facts) {

    /** Model id. */
    public String id() {
        return hosted.id();
    }
}
