package dev.brigade.rest.rerank;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.brigade.client.Answer;
import dev.brigade.schema.Ranking;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The documents that answer best, the best first. */
record RankedList(String id, String model, Usage usage, List<Result> results) {

    /**
     * The list of an answer.
     *
     * @param top how many at most
     * @param documents the documents to repeat; none
     */
    static RankedList of(Answer answer, int top, List<String> documents) {
        if (!(answer.reply().getOutput() instanceof Ranking ranking)) {
            throw new IllegalStateException("the answer holds no scores");
        }
        List<Double> scores = ranking.getScores();
        // Sorting is stable: of equal ones the first comes first.
        List<Result> results =
                IntStream.range(0, scores.size())
                        .mapToObj(i -> new Result(i, scores.get(i), document(documents, i)))
                        .sorted(Comparator.comparingDouble(Result::relevanceScore).reversed())
                        .limit(top)
                        .toList();
        int tokens = answer.promptTokens();
        return new RankedList(
                "rerank-" + answer.requestId(), answer.model(), new Usage(tokens, tokens), results);
    }

    private static @Nullable Document document(List<String> documents, int index) {
        return documents.isEmpty() ? null : new Document(documents.get(index));
    }

    /**
     * One document.
     *
     * @param index its place in the request
     */
    record Result(
            int index,
            double relevanceScore,
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Document document) {}

    record Document(String text) {}

    record Usage(int promptTokens, int totalTokens) {}
}
