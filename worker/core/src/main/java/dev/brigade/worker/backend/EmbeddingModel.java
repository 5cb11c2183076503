package dev.brigade.worker.backend;

import dev.brigade.schema.Priority;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;

/** A model that turns texts into vectors. */
public interface EmbeddingModel extends LoadedModel {

    /**
     * Embeds texts, and returns when all are done. Expected failures are values: {@code
     * context_length_exceeded} for a text that is too long, {@code invalid_request} for dimensions
     * that the model cannot give or tokens it does not have.
     *
     * @param limit most time the call may take; past it the result is {@code deadline_exceeded}
     */
    Result<Vectors> embed(EmbeddingTask task, Cancellation cancellation, Duration limit);

    /** Length of the model's own vectors. */
    int dimensions();

    /**
     * What to embed.
     *
     * @param id for logs
     * @param dimensions wanted length of the vectors; empty is the model's own
     * @param priority texts of a higher class go first
     */
    record EmbeddingTask(
            String id, Texts texts, InputType type, OptionalInt dimensions, Priority priority) {}

    /** Texts as they are, or as token ids of the model. */
    sealed interface Texts {

        /** How many. */
        int count();

        /** As they are. */
        record Strings(List<String> texts) implements Texts {
            public Strings {
                texts = List.copyOf(texts);
            }

            @Override
            public int count() {
                return texts.size();
            }
        }

        /** As token ids. */
        record Tokens(List<int[]> texts) implements Texts {
            public Tokens {
                texts = List.copyOf(texts);
            }

            @Override
            public int count() {
                return texts.size();
            }
        }
    }

    /** What the texts are for, where the model embeds them differently. */
    enum InputType {
        NONE,
        QUERY,
        DOCUMENT
    }

    /**
     * What became of the texts.
     *
     * @param dimensions length of each vector
     * @param vectors one per text, in their order
     * @param promptTokens tokens of all texts
     */
    record Vectors(int dimensions, List<float[]> vectors, int promptTokens) {
        public Vectors {
            vectors = List.copyOf(vectors);
        }
    }
}
