package dev.brigade.dispatcher.request;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** What to work on; the alternative is the kind of task. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Input.Chat.class, name = "chat"),
    @JsonSubTypes.Type(value = Input.Completion.class, name = "completion"),
    @JsonSubTypes.Type(value = Input.Embedding.class, name = "embedding"),
    @JsonSubTypes.Type(value = Input.Map.class, name = "map")
})
public sealed interface Input {

    /** Capability that a model needs for this kind of task. */
    String capability();

    /** Length of the texts of one model call, the longest, in UTF-16 units. */
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

    /** Each item is answered by itself: the messages, then the item as a user message. */
    record Map(List<Message> messages, List<String> items) implements Input {
        public Map {
            messages = List.copyOf(messages);
            items = List.copyOf(items);
            if (items.isEmpty()) {
                throw new IllegalArgumentException("a map needs at least one item");
            }
        }

        /** What the model is asked about one item, counted from 0. */
        public Chat chat(int index) {
            var asked = new ArrayList<>(messages);
            asked.add(Message.of("user", items.get(index)));
            return new Chat(asked);
        }

        @Override
        public String capability() {
            return "chat";
        }

        @Override
        public long length() {
            return new Chat(messages).length()
                    + items.stream().mapToInt(String::length).max().orElseThrow();
        }
    }
}
