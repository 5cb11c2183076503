package dev.brigade.rest.vision;

import dev.brigade.client.Answer;
import dev.brigade.rest.generation.UsageView;
import dev.brigade.schema.Classification;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an image shows.
 *
 * @param classification the label
 * @param rawResponse what a vision-language model said; null of other models
 * @param confidence 0 to 1
 * @param scores the most probable labels, best first; empty of a vision-language model
 */
record ClassificationView(
        String requestId,
        String classification,
        @Nullable String rawResponse,
        double confidence,
        List<ScoreView> scores,
        String modelId,
        UsageView usage) {

    static ClassificationView of(Answer answer) {
        if (!(answer.reply().getOutput() instanceof Classification shown)) {
            throw new IllegalStateException("the answer holds no classification");
        }
        return new ClassificationView(
                answer.requestId(),
                shown.getLabel(),
                shown.getRawResponse(),
                shown.getConfidence(),
                ScoreView.of(shown),
                answer.model(),
                UsageView.of(answer));
    }
}
