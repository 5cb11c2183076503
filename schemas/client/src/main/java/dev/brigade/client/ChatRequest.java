package dev.brigade.client;

import dev.brigade.schema.ChatInput;
import dev.brigade.schema.InferenceRequest;
import dev.brigade.schema.Message;
import java.util.ArrayList;
import java.util.List;

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
    public static final class Builder extends GenerationBuilder<Builder> {

        private final List<Message> messages = new ArrayList<>();

        private Builder() {}

        @Override
        Builder self() {
            return this;
        }

        /** What the model is to be or do. */
        public Builder system(String content) {
            return message("system", content);
        }

        /** What the user says. */
        public Builder user(String content) {
            return message("user", content);
        }

        /** What the model said before. */
        public Builder assistant(String content) {
            return message("assistant", content);
        }

        /** A message of any role. */
        public Builder message(String role, String content) {
            messages.add(new Message(role, content, null));
            return this;
        }

        /** The chat. */
        public ChatRequest build() {
            return new ChatRequest(record(new ChatInput(List.copyOf(messages))));
        }
    }
}
