package dev.brigade.client;

import dev.brigade.schema.Ranking;
import dev.brigade.schema.Reply;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How well documents answer a query.
 *
 * @param requestId the request; the original one where an idempotency key led there
 * @param scores one per document, in the request's order; higher is better
 * @param promptTokens tokens of query and documents
 * @param model model that rated them
 * @param reply the terminal as it was read
 */
public record RerankAnswer(
        String requestId, List<Double> scores, int promptTokens, String model, Reply reply) {

    public RerankAnswer {
        scores = List.copyOf(scores);
    }

    /**
     * The scores in the answer to a {@link RerankRequest}.
     *
     * @throws BrigadeException {@code internal_error} when it holds none
     */
    public static RerankAnswer of(Answer answer) {
        if (!(answer.reply().getOutput() instanceof Ranking ranking)) {
            throw Outputs.without(answer, "scores");
        }
        return new RerankAnswer(
                answer.requestId(),
                ranking.getScores(),
                answer.promptTokens(),
                answer.model(),
                answer.reply());
    }

    /** Places of the documents in the request, best first; equals stay in the request's order. */
    public List<Integer> bestFirst() {
        return IntStream.range(0, scores.size())
                .boxed()
                .sorted(Comparator.comparing((Integer place) -> scores.get(place)).reversed())
                .toList();
    }
}
