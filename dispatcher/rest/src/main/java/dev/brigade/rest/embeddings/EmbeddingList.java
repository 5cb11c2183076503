package dev.brigade.rest.embeddings;

import dev.brigade.client.Answer;
import java.util.AbstractList;
import java.util.List;

/** OpenAI's list of embeddings, in the order of the texts. */
record EmbeddingList(String object, List<Item> data, String model, Usage usage) {

    static EmbeddingList of(Answer answer, Vectors vectors, EncodingFormat format) {
        return new EmbeddingList(
                "list",
                items(vectors, format),
                answer.model(),
                new Usage(answer.promptTokens(), answer.promptTokens()));
    }

    /** Each is made when it is written: thousands of them as numbers would be many times larger. */
    private static List<Item> items(Vectors vectors, EncodingFormat format) {
        return new AbstractList<>() {
            @Override
            public Item get(int index) {
                return new Item("embedding", index, format.encode(vectors, index));
            }

            @Override
            public int size() {
                return vectors.count();
            }
        };
    }

    record Item(String object, int index, Object embedding) {}

    record Usage(int promptTokens, int totalTokens) {}
}
