package dev.brigade.client;

import dev.brigade.schema.ChatInput;
import dev.brigade.schema.InferenceRequest;

/** A chat: the model answers the last message. */
public final class ChatRequest implements GenerationRequest {

    private final InferenceRequest.Builder request;

    private ChatRequest(InferenceRequest.Builder request) {
        this.request = request;
    }

    /** One question with every default. */
    public static ChatRequest of(String question) {
        return builder().user(question).build();
    }

    /** A chat to put together. */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    public InferenceRequest toRecord(String tenant) {
        return InferenceRequest.newBuilder(request).setTenant(tenant).build();
    }

    /** Collects messages, oldest first, and settings. */
    public static final class Builder extends ConversationBuilder<Builder> {

        private Builder() {}

        @Override
        Builder self() {
            return this;
        }

        /** The chat. */
        public ChatRequest build() {
            return new ChatRequest(record(new ChatInput(messages())));
        }
    }
}
