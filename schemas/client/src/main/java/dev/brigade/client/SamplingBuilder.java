package dev.brigade.client;

import dev.brigade.schema.InferenceRequest;
import dev.brigade.schema.Sampling;

/**
 * Collects what all requests have in common whose models generate text.
 *
 * @param <B> the builder itself
 */
public abstract sealed class SamplingBuilder<B extends SamplingBuilder<B>> extends RequestBuilder<B>
        permits GenerationBuilder, ImageRequestBuilder {

    final Sampling.Builder sampling = Sampling.newBuilder();

    SamplingBuilder() {}

    @Override
    InferenceRequest.Builder record(Object input) {
        return super.record(input).setSampling(sampling.build());
    }

    /** 0 to 2; 0 is greedy. */
    public B temperature(double value) {
        sampling.setTemperature(value);
        return self();
    }

    /** Most tokens to generate. */
    public B maxTokens(int value) {
        sampling.setMaxTokens(value);
        return self();
    }
}
