package dev.brigade.config;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * A named choice of mode and models.
 *
 * @param mode one of {@link OrchestrationConfig#MODES}
 * @param stages in order; {@code config/README.md} says which ones each mode has
 * @param compensationTopic where the undoing of its stages' outside effects is asked for
 * @param rounds at most, of critique and debate, in place of the configured ones
 * @param samples of an ensemble of one model, in place of the configured ones
 * @param threshold of critique, 0 to 1, in place of the configured one
 * @param minAgreement of debate and ensemble, 0 to 1, in place of the configured one
 * @param memoryGb that all its models take together
 * @param evidence whether it is worth its tokens
 */
public record Preset(
        String id,
        String description,
        String mode,
        List<PresetStage> stages,
        Optional<String> compensationTopic,
        OptionalInt rounds,
        OptionalInt samples,
        OptionalDouble threshold,
        OptionalDouble minAgreement,
        Optional<Double> memoryGb,
        Evidence evidence) {

    public Preset {
        stages = List.copyOf(stages);
    }

    /** Its models, each once, in the order of their first stage. */
    public List<String> models() {
        return stages.stream().map(PresetStage::model).distinct().toList();
    }

    /** The names of its stages, in order. */
    public List<String> stageNames() {
        return stages.stream().map(PresetStage::stage).toList();
    }

    /** The models of all stages of a name, in order. */
    public List<String> modelsOf(String stage) {
        return stages.stream()
                .filter(each -> each.stage().equals(stage))
                .map(PresetStage::model)
                .toList();
    }
}
