package dev.brigade.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.brigade.config.OrchestrationConfig.Agreement;
import dev.brigade.config.OrchestrationConfig.AgreementMethod;
import dev.brigade.config.OrchestrationConfig.Batch;
import dev.brigade.config.OrchestrationConfig.Critique;
import dev.brigade.config.OrchestrationConfig.Debate;
import dev.brigade.config.OrchestrationConfig.Ensemble;
import dev.brigade.config.OrchestrationConfig.Fanout;
import dev.brigade.config.OrchestrationConfig.Pipeline;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OrchestrationConfigTest {

    private static final OrchestrationConfig DEFAULTS =
            new OrchestrationConfig(
                    "single",
                    Optional.empty(),
                    new Critique(2, 0.8),
                    new Debate(3, 0.7, 5, "primary"),
                    new Ensemble(0.7, 5, 0.8, "primary"),
                    new Pipeline(List.of("draft", "refine", "validate")),
                    new Fanout(8),
                    new Batch(64, 8),
                    new Agreement(AgreementMethod.AUTO, Optional.empty(), 0.3, 0.95));

    private static final String ALL =
            """
            default_mode: debate
            default_preset: D3
            critique: {max_rounds: 5, threshold: 1}
            debate: {max_rounds: 1, min_agreement: 0, max_participants: 8, reconcile_model: phi-4}
            ensemble: {min_agreement: 0.5, samples: 16, temperature: 2, synthesis_model: coder}
            pipeline: {stages: [draft, fact-check, draft, validate]}
            fanout: {window: 64}
            batch: {part_size: 1000, window: 1}
            agreement: {method: embedding, model: bge, unrelated_cosine: -0.5, same_cosine: 1}
            """;

    private static final Agreement BY_BGE =
            new Agreement(AgreementMethod.EMBEDDING, Optional.of("bge"), -0.5, 1);

    @Test
    void theShippedFileSaysWhatHoldsWithoutOne() {
        assertThat(OrchestrationConfig.read(Path.of("orchestration.yaml"), Map.of()))
                .isEqualTo(DEFAULTS);
        assertThat(OrchestrationConfig.parse("{}", "orchestration.yaml", Map.of()))
                .isEqualTo(DEFAULTS);
    }

    @Test
    void everyPropertyIsRead() {
        assertThat(OrchestrationConfig.parse(ALL, "orchestration.yaml", Map.of()))
                .isEqualTo(
                        new OrchestrationConfig(
                                "debate",
                                Optional.of("D3"),
                                new Critique(5, 1),
                                new Debate(1, 0, 8, "phi-4"),
                                new Ensemble(0.5, 16, 2, "coder"),
                                new Pipeline(List.of("draft", "fact-check", "draft", "validate")),
                                new Fanout(64),
                                new Batch(1000, 1),
                                BY_BGE));
    }

    @Test
    void everyVariableOverridesTheFile() {
        Map<String, String> environment =
                Map.of(
                        "INFERENCE_ORCHESTRATION_MODE", "critique",
                        "INFERENCE_CONFIG", "D4",
                        "INFERENCE_CRITIQUE_MAX_ROUNDS", "3",
                        "INFERENCE_CRITIQUE_THRESHOLD", "0.9",
                        "INFERENCE_DEBATE_MAX_ROUNDS", " 4 ",
                        "INFERENCE_DEBATE_RECONCILE_MODEL", "thinker",
                        "INFERENCE_ENSEMBLE_MIN_AGREEMENT", "1",
                        "INFERENCE_ENSEMBLE_SYNTHESIS_MODEL", "qwen2.5-7b",
                        "INFERENCE_PIPELINE_STAGES", "draft, expand",
                        "INFERENCE_PORT", "8085");

        assertThat(OrchestrationConfig.parse(ALL, "orchestration.yaml", environment))
                .isEqualTo(
                        new OrchestrationConfig(
                                "critique",
                                Optional.of("D4"),
                                new Critique(3, 0.9),
                                new Debate(4, 0, 8, "thinker"),
                                new Ensemble(1, 16, 2, "qwen2.5-7b"),
                                new Pipeline(List.of("draft", "expand")),
                                new Fanout(64),
                                new Batch(1000, 1),
                                BY_BGE));
    }

    @Test
    void anEmptyVariableSaysNothing() {
        Map<String, String> environment =
                Map.of("INFERENCE_CONFIG", "", "INFERENCE_CRITIQUE_MAX_ROUNDS", " ");

        OrchestrationConfig config =
                OrchestrationConfig.parse(ALL, "orchestration.yaml", environment);

        assertThat(config.defaultPreset()).contains("D3");
        assertThat(config.critique().maxRounds()).isEqualTo(5);
    }

    @Test
    void theDefaultPresetHasTwoVariablesWhichMustNotDisagree() {
        assertThat(preset(Map.of("INFERENCE_DEFAULT_PRESET", "T1"))).contains("T1");
        assertThat(preset(Map.of("INFERENCE_DEFAULT_PRESET", "T1", "INFERENCE_CONFIG", "T1")))
                .contains("T1");
        assertThatThrownBy(() ->
                        preset(Map.of("INFERENCE_DEFAULT_PRESET", "T1", "INFERENCE_CONFIG", "T2")))
                .isInstanceOf(ConfigException.class)
                .hasMessage(
                        "INFERENCE_CONFIG and INFERENCE_DEFAULT_PRESET must name the same preset"
                                + " where both are set, were T2 and T1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "INFERENCE_ORCHESTRATION_MODE | duel | must be one of [single, critique, debate, ensemble, pipeline], was duel",
                "INFERENCE_CONFIG | a b | must be a preset id: 1 to 64 of letters",
                "INFERENCE_DEFAULT_PRESET | -x | must be a preset id: 1 to 64 of letters",
                "INFERENCE_CRITIQUE_MAX_ROUNDS | 0 | must be a whole number from 1 to 5, was 0",
                "INFERENCE_CRITIQUE_MAX_ROUNDS | 6 | must be a whole number from 1 to 5, was 6",
                "INFERENCE_CRITIQUE_MAX_ROUNDS | two | must be a whole number from 1 to 5, was two",
                "INFERENCE_CRITIQUE_MAX_ROUNDS | 1.5 | must be a whole number from 1 to 5, was 1.5",
                "INFERENCE_CRITIQUE_MAX_ROUNDS | 99999999999 | must be a whole number from 1 to 5",
                "INFERENCE_CRITIQUE_THRESHOLD | 80 | must be a number from 0.0 to 1.0, was 80",
                "INFERENCE_CRITIQUE_THRESHOLD | NaN | must be a number from 0.0 to 1.0, was NaN",
                "INFERENCE_CRITIQUE_THRESHOLD | high | must be a number from 0.0 to 1.0, was high",
                "INFERENCE_DEBATE_MAX_ROUNDS | -1 | must be a whole number from 1 to 5, was -1",
                "INFERENCE_DEBATE_RECONCILE_MODEL | a/b | must be a model id",
                "INFERENCE_ENSEMBLE_MIN_AGREEMENT | 1.01 | must be a number from 0.0 to 1.0, was 1.01",
                "INFERENCE_ENSEMBLE_SYNTHESIS_MODEL | ../m | must be a model id",
                "INFERENCE_PIPELINE_STAGES | draft,,validate | [1]: must be a name: 1 to 64",
                "INFERENCE_PIPELINE_STAGES | validate | [0]: validate must be the last stage, after one",
                "INFERENCE_PIPELINE_STAGES | a,b,c,d,e,f,g,h,i | must hold 1 to 8 stages, has 9",
            })
    void anErrorOfAVariableNamesItAndWhatIsAllowed(String name, String value, String problem) {
        assertThatThrownBy(() ->
                        OrchestrationConfig.parse(ALL, "orchestration.yaml", Map.of(name, value)))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith(name + ": " + problem);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "default_mode: map | default_mode: must be one of [single,",
                "default_preset: [] | default_preset: must be a preset id",
                "critique: {rounds: 1} | critique.rounds: is not a property",
                "critique: {threshold: -0.1} | critique.threshold: must be a number from 0.0 to 1.0",
                "debate: {max_participants: 1} | debate.max_participants: must be a whole number from 2 to 8",
                "debate: {max_participants: 9} | debate.max_participants: must be a whole number from 2 to 8",
                "ensemble: {samples: 1} | ensemble.samples: must be a whole number from 2 to 16",
                "ensemble: {samples: 17} | ensemble.samples: must be a whole number from 2 to 16",
                "ensemble: {temperature: 2.1} | ensemble.temperature: must be a number from 0.0 to 2.0",
                "pipeline: {stages: []} | pipeline.stages: must hold 1 to 8 stages, has 0",
                "pipeline: {stages: [again]} | pipeline.stages[0]: must be a stage",
                "pipeline: {stages: [draft-2]} | pipeline.stages[0]: must be a stage",
                "pipeline: {stages: [a, validate, b]} | pipeline.stages[1]: validate must be the last",
                "pipeline: {stages: [a, validate, validate]} | pipeline.stages[1]: validate must be",
                "fanout: {window: 0} | fanout.window: must be a whole number from 1 to 64, was 0",
                "fanout: {window: 65} | fanout.window: must be a whole number from 1 to 64, was 65",
                "batch: {part_size: 0} | batch.part_size: must be a whole number from 1 to 1000, was 0",
                "batch: {part_size: 1001} | batch.part_size: must be a whole number from 1 to 1000",
                "batch: {window: 65} | batch.window: must be a whole number from 1 to 64, was 65",
                "agreement: {method: vote} | agreement.method: must be one of [auto, embedding, lexical]",
                "agreement: {model: a/b} | agreement.model: must be a model id",
                "agreement: {same_cosine: 1.1} | agreement.same_cosine: must be a number from -1.0 to 1.0",
                "agreement: {same_cosine: 0.3} | agreement: agreement.unrelated_cosine must be below",
                "modes: 1 | modes: is not a property",
            })
    void anErrorOfTheFileNamesPropertyAndWhatIsAllowed(String line, String problem) {
        assertThatThrownBy(() -> OrchestrationConfig.parse(line, "o.yaml", Map.of()))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith("o.yaml: " + problem);
    }

    @Test
    void theFileMustBeThere() {
        assertThatThrownBy(() -> OrchestrationConfig.read(Path.of("none.yaml"), Map.of()))
                .hasMessage("none.yaml: no such file");
    }

    @Test
    void whatItNamesMustBeThere() {
        PresetsConfig presets = PresetsConfig.read(Path.of("presets.yaml"));
        PromptsConfig prompts = PromptsConfig.read(Path.of("prompts"));
        OrchestrationConfig.read(Path.of("orchestration.yaml"), Map.of()).check(presets, prompts);

        assertThatThrownBy(() -> parse("default_preset: Z9").check(presets, prompts))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith("the default preset must be one of [S1, S2,")
                .hasMessageEndingWith(", was Z9");
        assertThatThrownBy(
                        () -> parse("pipeline: {stages: [draft, polish]}").check(presets, prompts))
                .hasMessage(
                        "the default pipeline has a stage polish, which has no prompt"
                                + " pipeline/polish.md");
        PresetsConfig own =
                PresetsConfig.parse(
                        """
                        presets:
                          mine: {description: d, mode: pipeline, stages: [polish: m]}
                        """,
                        "presets.yaml");
        assertThatThrownBy(() -> parse("{}").check(own, prompts))
                .hasMessageStartingWith("preset mine has a stage polish, which has no prompt");
    }

    private static OrchestrationConfig parse(String text) {
        return OrchestrationConfig.parse(text, "orchestration.yaml", Map.of());
    }

    private static Optional<String> preset(Map<String, String> environment) {
        return OrchestrationConfig.parse(ALL, "orchestration.yaml", environment).defaultPreset();
    }
}
