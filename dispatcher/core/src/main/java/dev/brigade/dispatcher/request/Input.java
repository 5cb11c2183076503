package dev.brigade.dispatcher.request;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** What to work on; the alternative is the kind of task. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Input.Chat.class, name = "chat"),
    @JsonSubTypes.Type(value = Input.Completion.class, name = "completion"),
    @JsonSubTypes.Type(value = Input.Embedding.class, name = "embedding"),
    @JsonSubTypes.Type(value = Input.Rerank.class, name = "rerank"),
    @JsonSubTypes.Type(value = Input.Image.class, name = "image"),
    @JsonSubTypes.Type(value = Input.ImageBatch.class, name = "images"),
    @JsonSubTypes.Type(value = Input.ImageListing.class, name = "listing"),
    @JsonSubTypes.Type(value = Input.ImagePart.class, name = "part"),
    @JsonSubTypes.Type(value = Input.Map.class, name = "map")
})
public sealed interface Input {

    /** Capability that a model needs for this kind of task. */
    String capability();

    /** Length of what must fit a model's context at once, the longest, in UTF-16 units. */
    long length();

    /** Whether the answer is a text. */
    default boolean asksForText() {
        return true;
    }

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

    /**
     * Texts to embed, or texts as token ids of the model's own vocabulary; one of the two is empty.
     *
     * @param inputType query or document, for models that embed them differently
     * @param dimensions wanted length of the vectors
     */
    record Embedding(
            List<String> texts,
            List<List<Integer>> tokens,
            Optional<String> inputType,
            OptionalInt dimensions)
            implements Input {
        public Embedding {
            texts = List.copyOf(texts);
            tokens = tokens.stream().map(List::copyOf).toList();
            if (texts.isEmpty() == tokens.isEmpty()) {
                throw new IllegalArgumentException("either texts or tokens are embedded");
            }
        }

        /** How many vectors are asked for. */
        public int count() {
            return texts.size() + tokens.size();
        }

        @Override
        public String capability() {
            return "embedding";
        }

        @Override
        public long length() {
            return longest(texts.stream());
        }

        @Override
        public boolean asksForText() {
            return false;
        }
    }

    /** Documents to put in order by how well they answer a query. */
    record Rerank(String query, List<String> documents) implements Input {
        public Rerank {
            documents = List.copyOf(documents);
        }

        @Override
        public String capability() {
            return "rerank";
        }

        @Override
        public long length() {
            return longest(Stream.concat(Stream.of(query), documents.stream()));
        }

        @Override
        public boolean asksForText() {
            return false;
        }
    }

    /** What has to do with images, whose size says nothing of a model's context. */
    sealed interface Images extends Input {
        @Override
        default String capability() {
            return "classify";
        }

        @Override
        default long length() {
            return 0;
        }

        @Override
        default boolean asksForText() {
            return false;
        }
    }

    /**
     * An image to classify.
     *
     * @param prompt question for a vision-language model, in place of the configured one
     * @param allowUncertain whether the label may be {@code uncertain}
     * @param resize whether a vision-language model may be given it made smaller
     */
    record Image(ImageRef image, Optional<String> prompt, boolean allowUncertain, boolean resize)
            implements Images {}

    /** Images to classify as one job, with the rest as of {@link Image}. Only of requests. */
    record ImageBatch(
            ImageSource source, Optional<String> prompt, boolean allowUncertain, boolean resize)
            implements Images {}

    /** To find and count a batch's images, by either glob or manifest. Only of jobs. */
    record ImageListing(Optional<String> glob, Optional<StoredPayload> manifest)
            implements Images {}

    /**
     * A run of a batch's images. Only of jobs.
     *
     * @param from place of the first in the batch, from 0
     * @param items the images themselves; empty where the manifest holds them
     */
    record ImagePart(
            int from,
            int count,
            List<ImageRef> items,
            Optional<StoredPayload> manifest,
            Optional<String> prompt,
            boolean allowUncertain,
            boolean resize)
            implements Images {
        public ImagePart {
            items = List.copyOf(items);
            if (from < 0
                    || count < 1
                    || items.isEmpty() != manifest.isPresent()
                    || (!items.isEmpty() && items.size() != count)) {
                throw new IllegalArgumentException(
                        "%d images from %d, %d of them here".formatted(count, from, items.size()));
            }
        }
    }

    private static long longest(Stream<String> texts) {
        return texts.mapToLong(String::length).max().orElse(0);
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
