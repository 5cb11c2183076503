package dev.brigade.client;

import dev.brigade.schema.Message;
import java.util.ArrayList;
import java.util.List;

/**
 * Collects messages, oldest first, and settings.
 *
 * @param <B> the builder itself
 */
public abstract sealed class ConversationBuilder<B extends ConversationBuilder<B>>
        extends GenerationBuilder<B> permits ChatRequest.Builder, MapRequest.Builder {

    private final List<Message> messages = new ArrayList<>();

    ConversationBuilder() {}

    List<Message> messages() {
        return List.copyOf(messages);
    }

    /** What the model is to be or do. */
    public B system(String content) {
        return message("system", content);
    }

    /** What the user says. */
    public B user(String content) {
        return message("user", content);
    }

    /** What the model said before. */
    public B assistant(String content) {
        return message("assistant", content);
    }

    /** A message of any role. */
    public B message(String role, String content) {
        messages.add(new Message(role, content, null));
        return self();
    }
}
