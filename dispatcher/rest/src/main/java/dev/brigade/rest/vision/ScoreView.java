package dev.brigade.rest.vision;

import dev.brigade.schema.Classification;
import java.util.List;

/** How probable a label is, 0 to 1. */
public record ScoreView(String label, double score) {

    /** The most probable labels, best first. */
    public static List<ScoreView> of(Classification classification) {
        return classification.getScores().stream()
                .map(score -> new ScoreView(score.getLabel(), score.getScore()))
                .toList();
    }
}
