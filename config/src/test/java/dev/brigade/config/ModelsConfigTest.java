package dev.brigade.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelsConfigTest {

    private static final String LEAST =
            """
            models:
              - id: m
                path: m.gguf
                roles: [primary]
                context_length: 1024
            """;

    @Test
    void theShippedFileNamesTheDemoModels() {
        ModelsConfig shipped = ModelsConfig.read(Path.of("models.yaml"));

        assertThat(shipped.models())
                .extracting(ModelConfig::id)
                .containsExactly(
                        "brigade-demo-fast",
                        "brigade-demo-primary",
                        "brigade-demo-vision",
                        "brigade-demo-embedding");
        ModelConfig primary = shipped.model("brigade-demo-primary").orElseThrow();
        assertThat(primary.roles()).containsExactly("primary", "thinker", "coder", "longctx");
        assertThat(primary.backend()).isEqualTo("llama");
        assertThat(primary.contextLength()).isEqualTo(1024);
        assertThat(primary.slots()).isEqualTo(4);
        assertThat(primary.file(Path.of("/models")))
                .isEqualTo(Path.of("/models/brigade-demo-primary.gguf"));
        assertThat(shipped.model("nobody")).isEmpty();
    }

    @Test
    void theCommentedExamplesAreValid() throws Exception {
        String text =
                Files.readString(Path.of("models.yaml"))
                        .replaceAll("(?m)^  # (?=- id|  )", "  ")
                        .replaceAll("(?m)^  #$", "");

        ModelsConfig models = ModelsConfig.parse(text, "models.yaml");
        assertThat(models.models())
                .extracting(ModelConfig::id)
                .containsAll(
                        PresetsConfig.read(Path.of("presets.yaml")).presets().stream()
                                .flatMap(preset -> preset.models().stream())
                                .distinct()
                                .toList());
        assertThat(models.model("qwen2.5-7b").orElseThrow().price()).contains(new Price(0.1, 0.3));
    }

    @Test
    void defaults() {
        assertThat(ModelsConfig.parse(LEAST, "models.yaml").models())
                .containsExactly(
                        new ModelConfig(
                                "m",
                                "llama",
                                "m.gguf",
                                List.of("primary"),
                                Set.of("chat", "completion", "json_schema"),
                                1024,
                                4,
                                -1,
                                0,
                                Optional.empty(),
                                Optional.empty(),
                                ModelConfig.SamplingDefaults.NONE,
                                Optional.empty(),
                                0,
                                ModelOptions.DEFAULT));
    }

    @Test
    void everyPropertyIsRead() {
        String text =
                """
                models:
                  - id: Qwen2.5_7b-x
                    backend: other
                    path: /models/q.gguf
                    roles: [coder, fast]
                    capabilities: [chat]
                    context_length: 32768
                    slots: 2
                    gpu_layers: 35
                    threads: 3
                    prefetch: 16
                    sha256: %s
                    chat_template: "{{ messages }}"
                    defaults:
                      temperature: 1
                      top_p: 0.9
                      top_k: 40
                      min_p: 0.05
                      repeat_penalty: 1.1
                      max_tokens: 512
                    price: {prompt: 0, completion: 1.25}
                """
                        .formatted("AB".repeat(32));

        assertThat(ModelsConfig.parse(text, "models.yaml").models())
                .containsExactly(
                        new ModelConfig(
                                "Qwen2.5_7b-x",
                                "other",
                                "/models/q.gguf",
                                List.of("coder", "fast"),
                                Set.of("chat"),
                                32768,
                                2,
                                35,
                                16,
                                Optional.of("ab".repeat(32)),
                                Optional.of("{{ messages }}"),
                                new ModelConfig.SamplingDefaults(
                                        OptionalDouble.of(1),
                                        OptionalDouble.of(0.9),
                                        OptionalInt.of(40),
                                        OptionalDouble.of(0.05),
                                        OptionalDouble.of(1.1),
                                        OptionalInt.of(512)),
                                Optional.of(new Price(0, 1.25)),
                                3,
                                ModelOptions.DEFAULT));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "slots: 0 | slots: must be a whole number from 1 to 256, was 0",
                "slots: 257 | slots: must be a whole number from 1 to 256, was 257",
                "slots: two | slots: must be a whole number from 1 to 256, was two",
                "slots: 1.5 | slots: must be a whole number from 1 to 256, was 1.5",
                "slots: | slots: must be a whole number from 1 to 256, was empty",
                "threads: 257 | threads: must be a whole number from 0 to 256, was 257",
                "remote: {url: 'http://h/v1'} | remote: is only for backend remote",
                "gpu_layers: -2 | gpu_layers: must be a whole number from -1 to 999, was -2",
                "prefetch: 1001 | prefetch: must be a whole number from 0 to 1000, was 1001",
                "sha256: abc | sha256: must be 64 hexadecimal digits, was abc",
                "slot: 2 | slot: is not a property; known are [backend, batch, capabilities,",
                "defaults: {temperature: 2.1} | defaults.temperature: must be a number from 0.0 to 2.0",
                "defaults: {temperature: .nan} | defaults.temperature: must be a number from 0.0 to 2.0",
                "defaults: {heat: 1} | defaults.heat: is not a property",
                "defaults: 3 | defaults: must be a mapping, was 3",
                "price: {prompt: -1, completion: 0} | price.prompt: must be a number from 0.0 to 1000000.0",
                "price: {prompt: 0, completion: .inf} | price.completion: must be a number from 0.0",
                "price: {prompt: 0} | price: needs the property completion",
                "price: 3 | price: must be a mapping, was 3",
                "capabilities: [] | capabilities: must hold at least one name",
                "capabilities: [a, a] | capabilities[1]: repeats a",
                "capabilities: chat | capabilities: must be a list, was chat",
                "backend: Llama | backend: must be a name: 1 to 64 lower-case letters",
            })
    void anErrorNamesFilePropertyAndWhatIsAllowed(String property, String problem) {
        assertThatThrownBy(() -> ModelsConfig.parse(LEAST + "    " + property, "conf/models.yaml"))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith("conf/models.yaml: models[0]." + problem);
    }

    @ParameterizedTest
    @CsvSource({
        "id: m, needs the property id",
        "path: m.gguf, needs the property path",
        "roles: [primary], needs the property roles",
        "context_length: 1024, needs the property context_length",
    })
    void whatIsMissingIsNamed(String without, String problem) {
        String text = LEAST.replace(without, "slots: 1");

        assertThatThrownBy(() -> ModelsConfig.parse(text, "models.yaml"))
                .hasMessage("models.yaml: models[0]: " + problem);
    }

    @ParameterizedTest
    @CsvSource({"../evil", "a/b", "-x", "'a b'", "''", "ü"})
    void anIdIsPlain(String id) {
        String text = LEAST.replace("id: m", "id: '" + id + "'");

        assertThatThrownBy(() -> ModelsConfig.parse(text, "models.yaml"))
                .hasMessageStartingWith("models.yaml: models[0].id: must be a model id");
    }

    @Test
    void anIdHasAtMost128Characters() {
        String longest = LEAST.replace("id: m", "id: " + "m".repeat(128));
        assertThat(ModelsConfig.parse(longest, "models.yaml").models()).hasSize(1);
        String over = LEAST.replace("id: m", "id: " + "m".repeat(129));
        assertThatThrownBy(() -> ModelsConfig.parse(over, "models.yaml"))
                .isInstanceOf(ConfigException.class);
    }

    @Test
    void anIdIsUsedOnce() {
        String twice = LEAST + LEAST.substring("models:\n".length());

        assertThatThrownBy(() -> ModelsConfig.parse(twice, "models.yaml"))
                .hasMessage("models.yaml: models[1]: repeats the model id m");
    }

    @Test
    void whatIsNotPlainYamlIsRefused(@TempDir Path folder) throws Exception {
        assertThatThrownBy(() -> ModelsConfig.parse("models: [", "models.yaml"))
                .hasMessageStartingWith("models.yaml: is not valid YAML");
        assertThatThrownBy(() -> ModelsConfig.parse("models: []\nmodels: []", "models.yaml"))
                .hasMessageContaining("duplicate key models");
        assertThatThrownBy(() -> ModelsConfig.parse("models: !!java.net.URL [x]", "models.yaml"))
                .isInstanceOf(ConfigException.class);
        assertThatThrownBy(() -> ModelsConfig.parse("", "models.yaml"))
                .hasMessage("models.yaml: must be a mapping, was empty");
        assertThatThrownBy(() -> ModelsConfig.read(folder.resolve("none.yaml")))
                .hasMessage(folder.resolve("none.yaml") + ": no such file");
        Path latin = folder.resolve("latin.yaml");
        Files.write(latin, "models: [ü]".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> ModelsConfig.read(latin))
                .hasMessage(latin + ": is not UTF-8 text");
    }
}
