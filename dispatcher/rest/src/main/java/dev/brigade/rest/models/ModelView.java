package dev.brigade.rest.models;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.brigade.client.ModelInfo;
import dev.brigade.schema.ModelDescription;
import dev.brigade.schema.ModelState;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A model as clients see it: OpenAI's fields and Brigade's.
 *
 * @param status {@code loaded} where a live worker can run it; else what the most hopeful worker
 *     says: {@code loading}, {@code restarting}, {@code available} (known to a worker, not loaded)
 *     or {@code failed}; {@code offline} when no live worker names it
 * @param labels of a classifier
 * @param dimensions length of an embedding model's vectors
 */
record ModelView(
        String id,
        String object,
        long created,
        String ownedBy,
        String status,
        long memoryMb,
        int contextLength,
        List<String> roles,
        List<String> capabilities,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> labels,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Integer dimensions) {

    private static final List<ModelState> MOST_HOPEFUL_FIRST =
            List.of(
                    ModelState.READY,
                    ModelState.LOADING,
                    ModelState.RESTARTING,
                    ModelState.UNLOADED,
                    ModelState.FAILED);

    static ModelView of(ModelInfo info) {
        ModelDescription model = info.description();
        return new ModelView(
                model.getModel(),
                "model",
                model.getCreatedAt() / 1000,
                "brigade",
                status(info.onWorkers()),
                model.getMemoryMb(),
                model.getContextLength(),
                model.getRoles(),
                model.getCapabilities(),
                model.getLabels(),
                model.getDimensions());
    }

    static String status(List<ModelInfo.OnWorker> onWorkers) {
        return MOST_HOPEFUL_FIRST.stream()
                .filter(state -> onWorkers.stream().anyMatch(on -> on.model().getState() == state))
                .findFirst()
                .map(ModelView::word)
                .orElse("offline");
    }

    private static String word(ModelState state) {
        return switch (state) {
            case READY -> "loaded";
            case UNLOADED -> "available";
            case LOADING, RESTARTING, FAILED -> state.name().toLowerCase(Locale.ROOT);
        };
    }
}
