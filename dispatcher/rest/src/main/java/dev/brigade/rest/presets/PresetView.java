package dev.brigade.rest.presets;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.brigade.config.Preset;
import dev.brigade.config.PresetStage;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A preset as clients see it.
 *
 * @param models each once, in the order of their first stage
 * @param memoryGb that all its models take together, where the file says it
 * @param available whether all its models are loaded on live workers
 */
record PresetView(
        String id,
        String object,
        String description,
        String mode,
        List<String> models,
        List<PresetStage> stages,
        @Nullable Double memoryGb,
        Evidence evidence,
        boolean available) {

    static PresetView of(Preset preset, Set<String> loaded) {
        return new PresetView(
                preset.id(),
                "preset",
                preset.description(),
                preset.mode(),
                preset.models(),
                preset.stages(),
                preset.memoryGb().orElse(null),
                Evidence.of(preset.evidence()),
                loaded.containsAll(preset.models()));
    }

    /**
     * Whether it is worth its tokens.
     *
     * @param result {@code unmeasured}, {@code beats_self_consistency} or {@code
     *     does_not_beat_self_consistency}
     * @param note what was measured
     */
    record Evidence(
            String result, @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String note) {

        static Evidence of(dev.brigade.config.Evidence evidence) {
            return new Evidence(evidence.result().wireName(), evidence.note().orElse(null));
        }
    }
}
