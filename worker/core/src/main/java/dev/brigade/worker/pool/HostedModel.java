package dev.brigade.worker.pool;

import dev.brigade.config.ModelConfig;
import dev.brigade.worker.backend.ModelSpec;

/**
 * A model that this worker may load.
 *
 * @param config what {@code models.yaml} says
 * @param spec the same, made fit for this machine
 */
public record HostedModel(ModelConfig config, ModelSpec spec) {

    /** Model id. */
    public String id() {
        return config.id();
    }
}
