package dev.brigade.client;

import dev.brigade.schema.InferenceRequest;
import dev.brigade.schema.Priority;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Collects what all requests have in common. What is not set is the server's default; bounds are
 * checked when the request is sent.
 *
 * @param <B> the builder itself
 */
public abstract sealed class RequestBuilder<B extends RequestBuilder<B>>
        permits SamplingBuilder, EmbeddingRequest.Builder, RerankRequest.Builder {

    final InferenceRequest.Builder request = InferenceRequest.newBuilder();

    RequestBuilder() {}

    abstract B self();

    /** The request so far, with this input. */
    InferenceRequest.Builder record(Object input) {
        return InferenceRequest.newBuilder(request).setInput(input);
    }

    /** Model id, used or refused; {@code auto} lets the dispatcher choose. */
    public B model(String value) {
        request.setModel(value);
        return self();
    }

    /** Class of the request. */
    public B priority(Priority value) {
        request.setPriority(value);
        return self();
    }

    /** Most that the request may cost, with all its stages, in the unit of models.yaml. */
    public B maxCost(double value) {
        request.setMaxCost(value);
        return self();
    }

    /** {@code complexity}, {@code latency}, {@code quality}, {@code cost} or {@code balanced}. */
    public B routingStrategy(String value) {
        request.setRoutingStrategy(value);
        return self();
    }

    /** Capabilities that the model must have. */
    public B requiredCapabilities(String... values) {
        request.setRequiredCapabilities(List.of(values));
        return self();
    }

    /** The same tenant and key within 24 h is the same request, and gets the same answer. */
    public B idempotencyKey(String value) {
        request.setIdempotencyKey(value);
        return self();
    }

    /** Up to 16 entries that the reply repeats. */
    public B metadata(Map<String, String> values) {
        request.setMetadata(Map.copyOf(values));
        return self();
    }

    /** Time allowed, from when the broker stored the request; at most a day. */
    public B deadline(Duration value) {
        request.setDeadlineMs(value.toMillis());
        return self();
    }
}
