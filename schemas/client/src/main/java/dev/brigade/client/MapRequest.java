package dev.brigade.client;

import dev.brigade.schema.InferenceRequest;
import dev.brigade.schema.MapInput;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Many items, each answered by itself as the user's message behind the common messages. Items fail
 * one by one: the request fails only when all do.
 */
public final class MapRequest implements GenerationRequest {

    private final InferenceRequest.Builder request;

    private MapRequest(InferenceRequest.Builder request) {
        this.request = request;
    }

    /** A map to put together. */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    public InferenceRequest toRecord(String tenant) {
        return InferenceRequest.newBuilder(request).setTenant(tenant).build();
    }

    /** Collects common messages, items and settings. */
    public static final class Builder extends ConversationBuilder<Builder> {

        private final List<String> items = new ArrayList<>();

        private Builder() {
            orchestrationMode("map");
        }

        @Override
        Builder self() {
            return this;
        }

        /** One more item; at most 256, each 1 to 100,000 characters. */
        public Builder item(String item) {
            items.add(item);
            return this;
        }

        /** More items. */
        public Builder items(Collection<String> more) {
            items.addAll(more);
            return this;
        }

        /** The map. */
        public MapRequest build() {
            return new MapRequest(record(new MapInput(messages(), List.copyOf(items))));
        }
    }
}
