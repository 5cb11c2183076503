package dev.brigade.client;

import dev.brigade.schema.EmbeddingInput;
import dev.brigade.schema.InferenceRequest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Texts to turn into vectors, 1 to 2048 and together at most 2 MiB. */
public final class EmbeddingRequest {

    private final InferenceRequest.Builder request;

    private EmbeddingRequest(InferenceRequest.Builder request) {
        this.request = request;
    }

    /** Texts with every default. */
    public static EmbeddingRequest of(String... texts) {
        return builder().texts(List.of(texts)).build();
    }

    /** A request to put together. */
    public static Builder builder() {
        return new Builder();
    }

    /** The record that is sent. */
    public InferenceRequest toRecord(String tenant) {
        return InferenceRequest.newBuilder(request).setTenant(tenant).setStream(false).build();
    }

    /** Collects texts, or tokens, and settings. */
    public static final class Builder extends RequestBuilder<Builder> {

        private final List<String> texts = new ArrayList<>();
        private final List<List<Integer>> tokens = new ArrayList<>();
        private @Nullable Integer dimensions;
        private @Nullable String inputType;

        private Builder() {}

        @Override
        Builder self() {
            return this;
        }

        /** One more text. */
        public Builder text(String text) {
            texts.add(text);
            return this;
        }

        /** More texts. */
        public Builder texts(Collection<String> more) {
            texts.addAll(more);
            return this;
        }

        /** One more text as ids of the model's own vocabulary; not together with texts. */
        public Builder tokens(int... ids) {
            tokens.add(IntStream.of(ids).boxed().toList());
            return this;
        }

        /** Length of the vectors, where the model has several. */
        public Builder dimensions(int value) {
            dimensions = value;
            return this;
        }

        /** {@code query} or {@code document}, for models that embed them differently. */
        public Builder inputType(String value) {
            inputType = value;
            return this;
        }

        /** The request. */
        public EmbeddingRequest build() {
            return new EmbeddingRequest(
                    record(
                            EmbeddingInput.newBuilder()
                                    .setTexts(List.copyOf(texts))
                                    .setTokens(List.copyOf(tokens))
                                    .setDimensions(dimensions)
                                    .setInputType(inputType)
                                    .build()));
        }
    }
}
