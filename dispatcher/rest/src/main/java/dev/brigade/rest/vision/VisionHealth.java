package dev.brigade.rest.vision;

import dev.brigade.client.ModelInfo;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether images can be classified now.
 *
 * @param status {@code ready} or {@code not_ready}
 * @param modelId a loaded classifier; null when none is loaded
 * @param models all classifiers that a worker ever described
 */
record VisionHealth(
        String status, boolean modelLoaded, @Nullable String modelId, List<Classifier> models) {

    static VisionHealth of(List<ModelInfo> classifiers) {
        @Nullable String loaded =
                classifiers.stream()
                        .filter(ModelInfo::ready)
                        .map(ModelInfo::id)
                        .findFirst()
                        .orElse(null);
        return new VisionHealth(
                loaded == null ? "not_ready" : "ready",
                loaded != null,
                loaded,
                classifiers.stream().map(Classifier::of).toList());
    }

    record Classifier(String id, boolean loaded, List<String> labels) {

        static Classifier of(ModelInfo model) {
            return new Classifier(model.id(), model.ready(), model.description().getLabels());
        }
    }
}
