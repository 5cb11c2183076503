package dev.brigade.worker.backend;

import dev.brigade.schema.Priority;
import java.time.Duration;
import java.util.List;

/** A model that says how well documents answer a query, each document read with the query. */
public interface RankingModel extends LoadedModel {

    /**
     * Scores the documents. Expected failures are values, as with {@link EmbeddingModel#embed}.
     *
     * @param limit most time the call may take; past it the result is {@code deadline_exceeded}
     */
    Result<Scores> rank(RankingTask task, Cancellation cancellation, Duration limit);

    /**
     * What to rank.
     *
     * @param id for logs
     * @param priority documents of a higher class go first
     */
    record RankingTask(String id, String query, List<String> documents, Priority priority) {
        public RankingTask {
            documents = List.copyOf(documents);
        }
    }

    /**
     * What became of the documents.
     *
     * @param scores one per document, in their order; higher is better
     * @param promptTokens tokens of all that was read
     */
    @SuppressWarnings("ArrayRecordComponent") // handed over once, and never compared
    record Scores(double[] scores, int promptTokens) {}
}
