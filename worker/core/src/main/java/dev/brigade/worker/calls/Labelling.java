package dev.brigade.worker.calls;

import dev.brigade.config.ClassifyOptions;
import dev.brigade.schema.Classification;
import dev.brigade.schema.LabelScore;
import dev.brigade.worker.backend.ImageModel.Prediction;
import dev.brigade.worker.backend.ImageModel.Score;
import java.util.OptionalDouble;

/**
 * Gives an image its label.
 *
 * @param threshold confidence below which there may be none; empty where there always is one
 */
record Labelling(OptionalDouble threshold) {

    Classification of(Prediction prediction, boolean allowUncertain) {
        Score best = prediction.best().getFirst();
        return Classification.newBuilder()
                .setLabel(label(best.label(), best.probability(), allowUncertain))
                .setConfidence(best.probability())
                .setScores(
                        prediction.best().stream()
                                .map(each -> new LabelScore(each.label(), each.probability()))
                                .toList())
                .build();
    }

    String label(String best, double confidence, boolean allowUncertain) {
        boolean certain = threshold.isEmpty() || confidence >= threshold.getAsDouble();
        return certain || !allowUncertain ? best : ClassifyOptions.UNCERTAIN;
    }
}
