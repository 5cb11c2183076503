package dev.brigade.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What {@code orchestration.yaml} says: how the modes work where a request or preset says nothing.
 *
 * @param defaultMode mode of requests that name neither mode nor preset, where there is no default
 *     preset
 * @param defaultPreset preset of requests that name neither mode nor preset nor model
 */
public record OrchestrationConfig(
        String defaultMode,
        Optional<String> defaultPreset,
        Critique critique,
        Debate debate,
        Ensemble ensemble,
        Pipeline pipeline,
        Fanout fanout,
        Batch batch,
        Agreement agreement) {

    /** The modes that a preset or the default can have; {@code map} comes with its input alone. */
    public static final List<String> MODES =
            List.of("single", "critique", "debate", "ensemble", "pipeline");

    /**
     * How drafts are judged and revised.
     *
     * @param maxRounds of critique and revision, 1 to 5
     * @param threshold score that a draft passes with, 0 to 1
     */
    public record Critique(int maxRounds, double threshold) {

        static final int MOST_ROUNDS = 5;
    }

    /**
     * How answers are argued out.
     *
     * @param maxRounds of answers, 1 to 5
     * @param minAgreement that ends the rounds, 0 to 1
     * @param maxParticipants 2 to 8
     * @param reconcileModel a model id, or else a role
     */
    public record Debate(
            int maxRounds, double minAgreement, int maxParticipants, String reconcileModel) {

        static final int MOST_ROUNDS = 5;
    }

    /**
     * How answers are compared.
     *
     * @param minAgreement from which one of the answers is taken, 0 to 1
     * @param samples of one model where a request or preset names no several, 2 to 16
     * @param temperature of those samples, 0 to 2
     * @param synthesisModel a model id, or else a role
     */
    public record Ensemble(
            double minAgreement, int samples, double temperature, String synthesisModel) {

        static final int LEAST_SAMPLES = 2;
        static final int MOST_SAMPLES = 16;
    }

    /**
     * How answers are passed on.
     *
     * @param stages 1 to 8 names, each with a prompt {@code pipeline/<name>}
     */
    public record Pipeline(List<String> stages) {

        public Pipeline {
            stages = List.copyOf(stages);
        }
    }

    /**
     * How items are spread.
     *
     * @param window items that are worked on at once, 1 to 64
     */
    public record Fanout(int window) {}

    /**
     * How a batch of images is cut up.
     *
     * @param partSize images of one job, 1 to 1000
     * @param window jobs that are given out at once, 1 to 64
     */
    public record Batch(int partSize, int window) {}

    /**
     * How it is measured whether answers agree. Two texts agree by what their embeddings' cosine is
     * between that of unrelated and that of like ones.
     *
     * @param model that embeds; empty is any that can
     * @param unrelatedCosine that counts as no agreement, -1 to 1, below the other
     * @param sameCosine that counts as full agreement, -1 to 1
     */
    public record Agreement(
            AgreementMethod method,
            Optional<String> model,
            double unrelatedCosine,
            double sameCosine) {}

    /** What answers are compared by. */
    public enum AgreementMethod {
        /** By embeddings where a model for them is up, else by words. */
        AUTO,
        /** The same, and reported where it cannot be. */
        EMBEDDING,
        /** By words. */
        LEXICAL
    }

    /**
     * Reads and checks a file and the variables that override it.
     *
     * @throws ConfigException naming file or variable, property and what is allowed
     */
    public static OrchestrationConfig read(Path file, Map<String, String> environment) {
        return OrchestrationSource.of(YamlNode.read(file), environment);
    }

    /**
     * Reads and checks a text; {@code source} stands for the file's name in errors.
     *
     * @throws ConfigException naming source or variable, property and what is allowed
     */
    public static OrchestrationConfig parse(
            String text, String source, Map<String, String> environment) {
        return OrchestrationSource.of(YamlNode.parse(text, source), environment);
    }

    /**
     * Checks what this names against what there is.
     *
     * @throws ConfigException naming what there is not, and what there is
     */
    public void check(PresetsConfig presets, PromptsConfig prompts) {
        defaultPreset
                .filter(id -> presets.preset(id).isEmpty())
                .ifPresent(id -> {
                    throw new ConfigException(
                            "the default preset must be one of %s, was %s"
                                    .formatted(presets.ids(), id));
                });
        requirePrompts("the default pipeline", pipeline.stages(), prompts);
        for (Preset preset : presets.presets()) {
            if (preset.mode().equals("pipeline")) {
                requirePrompts("preset " + preset.id(), preset.stageNames(), prompts);
            }
        }
    }

    private static void requirePrompts(String what, List<String> stages, PromptsConfig prompts) {
        for (String stage : stages) {
            if (prompts.prompt("pipeline/" + stage).isEmpty()) {
                throw new ConfigException(
                        "%s has a stage %s, which has no prompt pipeline/%s.md"
                                .formatted(what, stage, stage));
            }
        }
    }
}
