package dev.brigade.client;

import dev.brigade.schema.CompletionInput;
import dev.brigade.schema.InferenceRequest;

/** A raw prompt that the model continues, without a chat template. */
public final class CompletionRequest implements GenerationRequest {

    private final InferenceRequest.Builder request;

    private CompletionRequest(InferenceRequest.Builder request) {
        this.request = request;
    }

    /** One prompt with every default. */
    public static CompletionRequest of(String prompt) {
        return builder(prompt).build();
    }

    /** A completion to put together. */
    public static Builder builder(String prompt) {
        return new Builder(prompt);
    }

    @Override
    public InferenceRequest toRecord(String tenant) {
        return InferenceRequest.newBuilder(request).setTenant(tenant).build();
    }

    /** Collects settings. */
    public static final class Builder extends GenerationBuilder<Builder> {

        private final String prompt;
        private boolean echo;

        private Builder(String prompt) {
            this.prompt = prompt;
        }

        @Override
        Builder self() {
            return this;
        }

        /** Whether the answer begins with the prompt. */
        public Builder echo(boolean value) {
            echo = value;
            return this;
        }

        /** The completion. */
        public CompletionRequest build() {
            return new CompletionRequest(record(new CompletionInput(prompt, echo)));
        }
    }
}
