package dev.brigade.client;

import dev.brigade.schema.Classification;
import dev.brigade.schema.LabelScore;
import dev.brigade.schema.Reply;
import java.util.List;
import java.util.Optional;

/**
 * What an image shows.
 *
 * @param requestId the request; the original one where an idempotency key led there
 * @param label one of the model's labels, or {@code uncertain} where that was allowed
 * @param confidence 0 to 1
 * @param scores the most probable labels, best first; empty of a vision-language model
 * @param rawResponse what a vision-language model said; empty of other models
 * @param model model that classified
 * @param promptTokens of a vision-language model
 * @param completionTokens of a vision-language model
 * @param reply the terminal as it was read
 */
public record ClassifyAnswer(
        String requestId,
        String label,
        double confidence,
        List<LabelScore> scores,
        Optional<String> rawResponse,
        String model,
        int promptTokens,
        int completionTokens,
        Reply reply) {

    public ClassifyAnswer {
        scores = List.copyOf(scores);
    }

    /**
     * The classification in the answer to a {@link ClassifyRequest}.
     *
     * @throws BrigadeException {@code internal_error} when it holds none
     */
    public static ClassifyAnswer of(Answer answer) {
        if (!(answer.reply().getOutput() instanceof Classification found)) {
            throw Outputs.without(answer, "classification");
        }
        return new ClassifyAnswer(
                answer.requestId(),
                found.getLabel(),
                found.getConfidence(),
                found.getScores(),
                Optional.ofNullable(found.getRawResponse()),
                answer.model(),
                answer.promptTokens(),
                answer.completionTokens(),
                answer.reply());
    }
}
