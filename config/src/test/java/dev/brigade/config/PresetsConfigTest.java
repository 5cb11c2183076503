package dev.brigade.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PresetsConfigTest {

    private static final PresetsConfig SHIPPED = PresetsConfig.read(Path.of("presets.yaml"));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "S1 | 8.4 | single | answer phi-4",
                "S2 | 4.7 | single | answer deepseek-r1-7b",
                "S3 | 4.5 | single | answer qwen2.5-7b",
                "S4 | 2.0 | single | answer llama-3.2-3b",
                "S5 | 7.5 | single | answer phi-3-medium-128k",
                "D1 | 10.4 | pipeline | draft llama-3.2-3b, validate phi-4",
                "D2 | 12.9 | critique | generate phi-4, critique qwen2.5-7b",
                "D3 | 13.1 | debate | answer phi-4, answer deepseek-r1-7b, reconcile phi-4",
                "D4 | 9.2 | critique | generate qwen2.5-7b, critique deepseek-r1-7b",
                "D5 | 6.5 | pipeline | draft llama-3.2-3b, refine qwen2.5-7b",
                "D6 | 9.5 | pipeline | draft llama-3.2-3b, expand phi-3-medium-128k",
                "D7 | 6.7 | critique | generate llama-3.2-3b, critique deepseek-r1-7b",
                "D8 | 15.9 | critique | generate phi-3-medium-128k, critique phi-4",
                "D9 | 12.0 | critique | generate phi-3-medium-128k, critique qwen2.5-7b",
                "D10 | 12.2 | debate | answer phi-3-medium-128k, answer deepseek-r1-7b, reconcile phi-3-medium-128k",
                "T1 | 14.9 | pipeline | draft llama-3.2-3b, refine qwen2.5-7b, refine phi-4",
                "T2 | 15.1 | ensemble | answer phi-4, answer deepseek-r1-7b, answer llama-3.2-3b, synthesise phi-4",
                "T3 | 11.2 | pipeline | draft llama-3.2-3b, refine qwen2.5-7b, refine deepseek-r1-7b",
                "T4 | 17.6 | debate | answer phi-4, answer deepseek-r1-7b, answer qwen2.5-7b, reconcile phi-4",
                "T5 | 14.0 | pipeline | draft llama-3.2-3b, refine qwen2.5-7b, expand phi-3-medium-128k",
                "T6 | 17.9 | pipeline | draft llama-3.2-3b, refine phi-4, expand phi-3-medium-128k",
                "T7 | 20.4 | ensemble | answer phi-4, answer phi-3-medium-128k, answer qwen2.5-7b, synthesise phi-4",
                "T8 | 20.6 | debate | answer phi-4, answer phi-3-medium-128k, answer deepseek-r1-7b, reconcile phi-4",
                "T9 | 16.7 | ensemble | answer phi-3-medium-128k, answer deepseek-r1-7b, answer qwen2.5-7b, synthesise phi-3-medium-128k",
                "T10 | 14.2 | pipeline | draft llama-3.2-3b, refine deepseek-r1-7b, expand phi-3-medium-128k",
                "Q2 | 22.4 | pipeline | draft llama-3.2-3b, refine qwen2.5-7b, expand phi-3-medium-128k, validate phi-4",
                "P2 | 27.1 | pipeline | draft llama-3.2-3b, refine qwen2.5-7b, refine deepseek-r1-7b, expand phi-3-medium-128k, validate phi-4",
            })
    void thePresetsOfTheCatalogue(String id, double memoryGb, String mode, String stages) {
        Preset preset = SHIPPED.preset(id).orElseThrow();

        assertThat(preset.mode()).isEqualTo(mode);
        assertThat(preset.memoryGb()).contains(memoryGb);
        assertThat(stagesOf(preset)).isEqualTo(stages);
        assertThat(preset.evidence()).isEqualTo(Evidence.NONE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Q1 | 19.6 | ensemble | phi-4, deepseek-r1-7b, qwen2.5-7b, llama-3.2-3b",
                "Q3 | 22.6 | ensemble | phi-4, phi-3-medium-128k, deepseek-r1-7b, llama-3.2-3b",
                "Q4 | 25.1 | debate | phi-4, phi-3-medium-128k, deepseek-r1-7b, qwen2.5-7b",
                "Q5 | 18.7 | ensemble | phi-3-medium-128k, deepseek-r1-7b, qwen2.5-7b, llama-3.2-3b",
                "P1 | 27.1 | ensemble | phi-4, deepseek-r1-7b, qwen2.5-7b, llama-3.2-3b, phi-3-medium-128k",
                "P3 | 27.1 | debate | phi-4, deepseek-r1-7b, qwen2.5-7b, llama-3.2-3b, phi-3-medium-128k",
            })
    void inTheLargeOnesAllModelsAnswer(String id, double memoryGb, String mode, String models) {
        Preset preset = SHIPPED.preset(id).orElseThrow();

        assertThat(preset.mode()).isEqualTo(mode);
        assertThat(preset.memoryGb()).contains(memoryGb);
        assertThat(preset.modelsOf("answer")).isEqualTo(List.of(models.split(", ")));
        assertThat(preset.stages()).hasSize(preset.modelsOf("answer").size() + 1);
    }

    @Test
    void thereIsADemoOfEachModeOnTheShippedModels() {
        List<String> models =
                ModelsConfig.read(Path.of("models.yaml")).models().stream()
                        .map(ModelConfig::id)
                        .toList();
        List<Preset> demos =
                SHIPPED.presets().stream()
                        .filter(preset -> preset.id().startsWith("demo-"))
                        .toList();

        assertThat(SHIPPED.presets()).hasSize(33 + demos.size());
        assertThat(demos)
                .extracting(Preset::id)
                .containsExactly(
                        "demo-single",
                        "demo-critique",
                        "demo-debate",
                        "demo-ensemble",
                        "demo-consistency",
                        "demo-pipeline",
                        "demo-effects");
        assertThat(demos).allSatisfy(demo -> assertThat(models).containsAll(demo.models()));
        assertThat(SHIPPED.preset("demo-consistency").orElseThrow().samples()).hasValue(5);
        assertThat(SHIPPED.preset("demo-effects").orElseThrow().compensationTopic())
                .contains("brigade.demo.effects");
        assertThat(SHIPPED.preset("nobody")).isEmpty();
    }

    @Test
    void everyPropertyIsRead() {
        String text =
                """
                presets:
                  first_1.x:
                    description: "Two: argue"
                    mode: debate
                    stages: [answer: b, answer: a, reconcile: b]
                    compensation_topic: shop.undo
                    max_rounds: 5
                    min_agreement: 0.25
                    memory_gb: 3
                    evidence: {result: does_not_beat_self_consistency, note: 61 % against 64 %}
                  second:
                    description: d
                    mode: critique
                    stages: [generate: g, critique: c]
                    threshold: 1
                    evidence: beats_self_consistency
                  third:
                    description: d
                    mode: ensemble
                    samples: 16
                    stages: [answer: m, synthesise: s]
                """;

        List<Preset> presets = PresetsConfig.parse(text, "presets.yaml").presets();

        assertThat(presets.getFirst())
                .isEqualTo(
                        new Preset(
                                "first_1.x",
                                "Two: argue",
                                "debate",
                                List.of(
                                        new PresetStage("answer", "b"),
                                        new PresetStage("answer", "a"),
                                        new PresetStage("reconcile", "b")),
                                Optional.of("shop.undo"),
                                OptionalInt.of(5),
                                OptionalInt.empty(),
                                OptionalDouble.empty(),
                                OptionalDouble.of(0.25),
                                Optional.of(3.0),
                                new Evidence(
                                        Evidence.Result.DOES_NOT_BEAT_SELF_CONSISTENCY,
                                        Optional.of("61 % against 64 %"))));
        assertThat(presets.get(0).models()).containsExactly("b", "a");
        assertThat(presets.get(1).threshold()).hasValue(1);
        assertThat(presets.get(1).evidence().result())
                .isEqualTo(Evidence.Result.BEATS_SELF_CONSISTENCY);
        assertThat(presets.get(2).samples()).hasValue(16);
        assertThat(presets.get(2).evidence()).isEqualTo(Evidence.NONE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "mode: map | mode: must be one of [single, critique, debate, ensemble, pipeline], was map",
                "mode: | mode: must be one of [single, critique, debate, ensemble, pipeline], was empty",
                "mode: single | stages: must be one answer, was [draft, validate]",
                "mode: critique | stages: must be generate, then critique, was [draft, validate]",
                "mode: debate | stages: must be two or more answer, then reconcile, was [draft, validate]",
                "mode: ensemble | stages: must be one or more answer, then synthesise, was",
                "stages: {draft: m} | stages: must be a list, was a mapping",
                "stages: [] | stages: must hold 1 to 8 stages, has 0",
                "stages: [a: m, a: m, a: m, a: m, a: m, a: m, a: m, a: m, a: m] | stages: must hold 1 to 8 stages, has 9",
                "stages: [draft] | stages[0]: must be a mapping, was draft",
                "stages: [{a: m, b: m}] | stages[0]: must be one stage with its model, such as answer: phi-4",
                "stages: [{}] | stages[0]: must be one stage with its model",
                "stages: [draft: a/b] | stages[0].draft: must be a model id",
                "stages: [Draft: m] | stages[0]: must be a name",
                "stages: [draft-2: m] | stages[0]: must be a stage",
                "stages: [again: m] | stages[0]: must be a stage",
                "stages: [validate: m] | stages[0]: validate must be the last stage, after one that writes",
                "stages: [a: m, validate: m, b: m] | stages[1]: validate must be the last stage",
                "compensation_topic: inference.requests | compensation_topic: must be a topic: 1 to 249",
                "compensation_topic: .. | compensation_topic: must be a topic",
                "compensation_topic: a b | compensation_topic: must be a topic",
                "max_rounds: 1 | max_rounds: means nothing in mode pipeline",
                "samples: 3 | samples: means nothing in mode pipeline",
                "threshold: 1 | threshold: means nothing in mode pipeline",
                "min_agreement: 1 | min_agreement: means nothing in mode pipeline",
                "memory_gb: -1 | memory_gb: must be a number from 0.0 to 100000.0, was -1",
                "evidence: good | evidence: must be one of [unmeasured, beats_self_consistency, does_not_beat_self_consistency], was good",
                "evidence: {note: n} | evidence: needs the property result",
                "evidence: {result: unmeasured, by: me} | evidence.by: is not a property",
                "description: '' | description: must be a line of 1 to 300 characters",
                "models: [m] | models: is not a property",
            })
    void anErrorNamesFilePropertyAndWhatIsAllowed(String line, String problem) {
        assertThatThrownBy(() -> PresetsConfig.parse(presetWith(line), "presets.yaml"))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith("presets.yaml: presets.x." + problem);
    }

    @Test
    void aModeBoundsItsProperties() {
        assertThatThrownBy(() -> critique("max_rounds: 6"))
                .hasMessageContaining("presets.x.max_rounds: must be a whole number from 1 to 5");
        assertThatThrownBy(() -> critique("threshold: 1.1"))
                .hasMessageContaining("presets.x.threshold: must be a number from 0.0 to 1.0");
        assertThatThrownBy(() -> ensemble("samples: 1", "[answer: a, synthesise: a]"))
                .hasMessageContaining("presets.x.samples: must be a whole number from 2 to 16");
        assertThatThrownBy(() -> ensemble("samples: 3", "[answer: a, answer: b, synthesise: a]"))
                .hasMessageContaining("x.samples: means nothing where several models answer");
    }

    @ParameterizedTest
    @CsvSource({"-x", "'a b'", "../x", "''"})
    void anIdIsPlain(String id) {
        String text = presetWith("memory_gb: 1").replace("  x:", "  '" + id + "':");

        assertThatThrownBy(() -> PresetsConfig.parse(text, "presets.yaml"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("must have a preset id: 1 to 64 of letters");
    }

    @Test
    void anIdIsUsedOnce() {
        String twice =
                presetWith("memory_gb: 1")
                        + presetWith("memory_gb: 1").substring("presets:\n".length());

        assertThatThrownBy(() -> PresetsConfig.parse(twice, "presets.yaml"))
                .hasMessageContaining("duplicate key x");
    }

    @Test
    void stagesOfOneNameAreNumbered() {
        assertThat(PipelineStages.ids(List.of("draft", "refine", "refine", "draft", "refine")))
                .containsExactly("draft", "refine", "refine-2", "draft-2", "refine-3");
    }

    /** A pipeline whose lines are these, but for the line that is given. */
    private static String presetWith(String line) {
        String property = line.substring(0, line.indexOf(':'));
        return """
        presets:
          x:
            description: d
            mode: pipeline
            stages: [draft: m, validate: m]
        """
                .lines()
                .filter(each -> !each.startsWith("    " + property + ":"))
                .collect(Collectors.joining("\n", "", "\n    " + line + "\n"));
    }

    private static void critique(String line) {
        PresetsConfig.parse(
                presetWith(line)
                        .replace("pipeline", "critique")
                        .replace("draft", "generate")
                        .replace("validate", "critique"),
                "presets.yaml");
    }

    private static void ensemble(String line, String stages) {
        PresetsConfig.parse(
                presetWith(line)
                        .replace("pipeline", "ensemble")
                        .replace("[draft: m, validate: m]", stages),
                "presets.yaml");
    }

    private static String stagesOf(Preset preset) {
        return preset.stages().stream()
                .map(stage -> stage.stage() + " " + stage.model())
                .collect(Collectors.joining(", "));
    }
}
