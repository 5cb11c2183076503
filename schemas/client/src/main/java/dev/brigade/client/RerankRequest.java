package dev.brigade.client;

import dev.brigade.schema.InferenceRequest;
import dev.brigade.schema.RerankInput;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Documents to rate by how well they answer a query, 1 to 1000 and together at most 2 MiB. */
public final class RerankRequest {

    private final InferenceRequest.Builder request;

    private RerankRequest(InferenceRequest.Builder request) {
        this.request = request;
    }

    /** A query and its documents, with every default. */
    public static RerankRequest of(String query, Collection<String> documents) {
        return builder(query).documents(documents).build();
    }

    /** A request to put together. */
    public static Builder builder(String query) {
        return new Builder(query);
    }

    /** The record that is sent. */
    public InferenceRequest toRecord(String tenant) {
        return InferenceRequest.newBuilder(request).setTenant(tenant).setStream(false).build();
    }

    /** Collects documents and settings. */
    public static final class Builder extends RequestBuilder<Builder> {

        private final String query;
        private final List<String> documents = new ArrayList<>();

        private Builder(String query) {
            this.query = query;
        }

        @Override
        Builder self() {
            return this;
        }

        /** One more document. */
        public Builder document(String document) {
            documents.add(document);
            return this;
        }

        /** More documents. */
        public Builder documents(Collection<String> more) {
            documents.addAll(more);
            return this;
        }

        /** The request. */
        public RerankRequest build() {
            return new RerankRequest(record(new RerankInput(query, List.copyOf(documents))));
        }
    }
}
