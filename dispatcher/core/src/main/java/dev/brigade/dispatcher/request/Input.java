package dev.brigade.dispatcher.request;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import java.util.OptionalInt;

/** What to work on; the alternative is the kind of task. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Input.Chat.class, name = "chat"),
    @JsonSubTypes.Type(value = Input.Completion.class, name = "completion"),
    @JsonSubTypes.Type(value = Input.Embedding.class, name = "embedding")
})
public sealed interface Input {

    /** Capability that a model needs for this kind of task. */
    String capability();

    /** Length of all texts in UTF-16 units. */
    long length();

    /** The model answers the last message. */
    record Chat(List<Message> messages) implements Input {
        public Chat {
            messages = List.copyOf(messages);
        }

        @Override
        public String capability() {
            return "chat";
        }

        @Override
        public long length() {
            return messages.stream().mapToLong(message -> message.content().length()).sum();
        }
    }

    /** A raw prompt that the model continues. */
    record Completion(String prompt, boolean echo) implements Input {
        @Override
        public String capability() {
            return "completion";
        }

        @Override
        public long length() {
            return prompt.length();
        }
    }

    /** Texts to embed. */
    record Embedding(List<String> texts, OptionalInt dimensions) implements Input {
        public Embedding {
            texts = List.copyOf(texts);
        }

        @Override
        public String capability() {
            return "embedding";
        }

        @Override
        public long length() {
            return texts.stream().mapToLong(String::length).sum();
        }
    }
}
