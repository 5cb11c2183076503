package dev.brigade.dispatcher.request;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import java.util.Optional;

/** A result that is no text. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Output.Embeddings.class, name = "embeddings"),
    @JsonSubTypes.Type(value = Output.Ranking.class, name = "ranking"),
    @JsonSubTypes.Type(value = Output.Classification.class, name = "classification"),
    @JsonSubTypes.Type(value = Output.ImageResults.class, name = "images"),
    @JsonSubTypes.Type(value = Output.ListedItems.class, name = "listing")
})
public sealed interface Output {

    /**
     * One vector for each text, in order.
     *
     * @param vectors present unless they are stored
     */
    record Embeddings(
            int count, int dimensions, Optional<Vectors> vectors, Optional<StoredPayload> stored)
            implements Output {}

    /** One score for each document, in order; higher is better. */
    record Ranking(List<Double> scores) implements Output {
        public Ranking {
            scores = List.copyOf(scores);
        }
    }

    /**
     * What an image shows.
     *
     * @param confidence 0 to 1
     * @param scores of the most probable labels, best first; empty of a vision-language model
     * @param rawResponse what a vision-language model said
     */
    record Classification(
            String label, double confidence, List<LabelScore> scores, Optional<String> rawResponse)
            implements Output {
        public Classification {
            scores = List.copyOf(scores);
        }
    }

    /** How the images of a part ended, in order. */
    record ImageResults(List<ImageResult> items) implements Output {
        public ImageResults {
            items = List.copyOf(items);
        }
    }

    /** What a batch consists of. */
    record ListedItems(StoredPayload manifest, int count) implements Output {}
}
