package dev.brigade.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.brigade.config.ModelOptions.Device;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelOptionsTest {

    @Test
    void whatIsNotSaidIsLeftToTheBackend() {
        assertThat(djl("").options())
                .isEqualTo(
                        new ModelOptions(
                                ModelOptions.Engine.AUTO,
                                new Device(Device.Kind.AUTO, OptionalInt.empty()),
                                new BatchOptions(
                                        BatchOptions.Strategy.GREEDY,
                                        32,
                                        Duration.ofMillis(5),
                                        256,
                                        Duration.ofMillis(50)),
                                new ClassifyOptions(
                                        OptionalDouble.empty(),
                                        List.of(),
                                        Optional.empty(),
                                        Map.of(),
                                        512,
                                        0.1),
                                EmbeddingOptions.DEFAULT,
                                Optional.empty()));
    }

    @Test
    void everyPropertyIsRead() {
        String text =
                """
                engine: onnxruntime
                device: cuda:1
                batch: {strategy: latency_aware, max_size: 64, timeout: 20ms, queue: 512, target_latency: 2s}
                classify:
                  threshold: 0.8
                  labels: [technical, discard]
                  prompt: "Which is it?"
                  answers: {technical: [diagram, schematic]}
                  max_tokens: 16
                  temperature: 0
                embedding:
                  pooling: cls
                  normalize: false
                  prompts: {query: "query: ", document: "passage: "}
                """;

        assertThat(djl(text).options())
                .isEqualTo(
                        new ModelOptions(
                                ModelOptions.Engine.ONNXRUNTIME,
                                new Device(Device.Kind.CUDA, OptionalInt.of(1)),
                                new BatchOptions(
                                        BatchOptions.Strategy.LATENCY_AWARE,
                                        64,
                                        Duration.ofMillis(20),
                                        512,
                                        Duration.ofSeconds(2)),
                                new ClassifyOptions(
                                        OptionalDouble.of(0.8),
                                        List.of("technical", "discard"),
                                        Optional.of("Which is it?"),
                                        Map.of("technical", List.of("diagram", "schematic")),
                                        16,
                                        0),
                                new EmbeddingOptions(
                                        Optional.of(EmbeddingOptions.Pooling.CLS),
                                        Optional.of(false),
                                        Optional.of("query: "),
                                        Optional.of("passage: ")),
                                Optional.empty()));
    }

    @Test
    void aModelOnAServerNeedsNoFileHere() {
        ModelConfig model =
                model(
                        """
                        backend: remote
                        context_length: 4096
                        capabilities: [chat, embedding]
                        remote:
                          url: https://models.example:8443/v1/
                          model: org/Model-7B
                          api_key_variable: MODEL_KEY
                          connect_timeout: 500ms
                          timeout: 10m
                        """);

        assertThat(model.path()).isEqualTo("m");
        assertThat(model.slots()).isEqualTo(4);
        assertThat(model.options().remote())
                .contains(
                        new RemoteOptions(
                                URI.create("https://models.example:8443/v1"),
                                Optional.of("org/Model-7B"),
                                Optional.of("MODEL_KEY"),
                                Duration.ofMillis(500),
                                Duration.ofMinutes(10),
                                Set.of("chat", "embedding")));
        assertThat(model.capabilities()).contains("rerank");
    }

    @Test
    void aServersTimesHaveDefaults() {
        String least = "backend: remote\ncontext_length: 64\nremote: {url: 'http://127.0.0.1:1'}";

        assertThat(model(least).options().remote())
                .contains(
                        new RemoteOptions(
                                URI.create("http://127.0.0.1:1"),
                                Optional.empty(),
                                Optional.empty(),
                                Duration.ofSeconds(5),
                                Duration.ofSeconds(120),
                                Set.copyOf(ModelConfig.DEFAULT_CAPABILITIES)));
    }

    @Test
    void aFolderNeedsNeitherContextNorCapabilities() {
        assertThat(djl("").contextLength()).isEqualTo(512);
        assertThat(djl("context_length: 64").contextLength()).isEqualTo(64);
        assertThat(djl("").capabilities()).containsOnly("classify", "embedding", "rerank");
        assertThat(djl("classify: {threshold: 0.5}").capabilities()).containsOnly("classify");
        assertThat(djl("embedding: {}").capabilities()).containsOnly("embedding", "rerank");
    }

    @Test
    void whatEmbedsCanRankToo() {
        assertThat(djl("capabilities: [embedding]").capabilities())
                .containsOnly("embedding", "rerank");
    }

    @Test
    void whatGeneratesNoTextHasMoreSlots() {
        String remote = "backend: remote\ncontext_length: 64\nremote: {url: 'http://h'}\n";

        assertThat(djl("").slots()).isEqualTo(32);
        assertThat(djl("slots: 5").slots()).isEqualTo(5);
        assertThat(model(remote + "capabilities: [embedding]").slots()).isEqualTo(32);
        assertThat(model(remote + "capabilities: [embedding, chat]").slots()).isEqualTo(4);
        assertThat(model(remote + "capabilities: [classify]").slots()).isEqualTo(4);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "engine: tvm | engine: must be one of [auto, onnxruntime, pytorch], was tvm",
                "device: gpu | device: must be one of [auto, cpu, cuda, cuda:0 to cuda:99], was gpu",
                "batch: {strategy: best} | batch.strategy: must be one of [dynamic, fixed, greedy, latency_aware]",
                "batch: {max_size: 0} | batch.max_size: must be a whole number from 1 to 1024, was 0",
                "batch: {max_size: 64, queue: 63} | batch: queue must be at least max_size (64), was 63",
                "batch: {timeout: 5} | batch.timeout: must be a time from 0s to 10s, such as 5ms, 30s or 2m, was 5",
                "batch: {timeout: 11s} | batch.timeout: must be a time from 0s to 10s",
                "batch: {target_latency: 0ms} | batch.target_latency: must be a time from 1ms to 60s",
                "batch: {size: 2} | batch.size: is not a property",
                "classify: {threshold: 1.1} | classify.threshold: must be a number from 0.0 to 1.0",
                "classify: {labels: [one]} | classify.labels: must hold 2 to 100 texts, has 1",
                "classify: {labels: [a, a]} | classify.labels[1]: repeats a",
                "classify: {labels: [a, ' ']} | classify.labels[1]: must be a text of 1 to 100 characters",
                "classify: {labels: [a, Uncertain]} | classify.labels: must not hold uncertain",
                "classify: {answers: {a: [b]}} | classify.answers.a: is none of the labels []",
                "classify: {labels: [a, b], answers: {a: []}} | classify.answers.a: must hold 1 to 32 texts",
                "classify: {max_tokens: 0} | classify.max_tokens: must be a whole number from 1 to 8192",
                "classify: {temperature: 3} | classify.temperature: must be a number from 0.0 to 2.0",
                "classify: {prompt: ''} | classify.prompt: must be a text of 1 to 8192 characters",
                "embedding: {pooling: max} | embedding.pooling: must be one of [mean, cls, last], was max",
                "embedding: {normalize: 1} | embedding.normalize: must be true or false, was 1",
                "embedding: {prompts: {title: x}} | embedding.prompts.title: is not a property",
            })
    void anErrorNamesThePropertyAndWhatIsAllowed(String property, String problem) {
        assertThatThrownBy(() -> djl(property))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith("models.yaml: models[0]." + problem);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{model: a} | remote: needs the property url",
                "{url: 'ftp://h/v1'} | remote.url: must be an http or https URL without user",
                "{url: 'http://user@h/v1'} | remote.url: must be an http or https URL without user",
                "{url: 'http://h/v1?key=1'} | remote.url: must be an http or https URL",
                "{url: 'http:///v1'} | remote.url: must be an http or https URL",
                "{url: 'http://h', api_key_variable: sk-1} | remote.api_key_variable: must be the name of an",
                "{url: 'http://h', connect_timeout: 1ms} | remote.connect_timeout: must be a time from 100ms",
                "{url: 'http://h', timeout: 61m} | remote.timeout: must be a time from 1s to 3600s",
            })
    void aServerIsChecked(String remote, String problem) {
        String text = "backend: remote\ncontext_length: 64\nremote: " + remote;
        assertThatThrownBy(() -> model(text))
                .hasMessageStartingWith("models.yaml: models[0]." + problem);
    }

    @Test
    void backendRemoteNeedsAServer() {
        assertThatThrownBy(() -> model("backend: remote\ncontext_length: 64"))
                .hasMessage("models.yaml: models[0]: needs the property remote");
    }

    private static ModelConfig djl(String properties) {
        return model("backend: djl\npath: folder\n" + properties);
    }

    private static ModelConfig model(String properties) {
        String text = "models:\n  - id: m\n    roles: [fast]\n" + properties.strip().indent(4);
        return ModelsConfig.parse(text, "models.yaml").models().getFirst();
    }
}
