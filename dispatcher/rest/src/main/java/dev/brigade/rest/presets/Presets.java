package dev.brigade.rest.presets;

import dev.brigade.config.OrchestrationConfig;
import dev.brigade.config.Preset;
import dev.brigade.config.PresetsConfig;
import java.util.Optional;

/**
 * What this deployment's files say of modes and presets. It is only shown: the dispatcher decides,
 * by files of its own.
 */
public record Presets(OrchestrationConfig orchestration, PresetsConfig config) {

    /** Preset of a chat that names no mode, preset or model. */
    public Optional<String> defaultPreset() {
        return orchestration.defaultPreset();
    }

    /** Mode of a chat that names no mode, preset or model. */
    public String defaultMode() {
        return defaultPreset()
                .flatMap(config::preset)
                .map(Preset::mode)
                .orElse(orchestration.defaultMode());
    }
}
