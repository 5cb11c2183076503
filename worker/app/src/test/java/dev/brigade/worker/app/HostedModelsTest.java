package dev.brigade.worker.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.brigade.worker.backend.ModelSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class HostedModelsTest {

    @TempDir Path folder = Path.of("");

    @BeforeEach
    void write() throws IOException {
        Files.writeString(
                folder.resolve("models.yaml"),
                """
                models:
                  - id: small
                    path: small.gguf
                    roles: [fast]
                    context_length: 1024
                    slots: 8
                    gpu_layers: 5
                  - id: other
                    path: /elsewhere/other.gguf
                    roles: [primary]
                    context_length: 2048
                    slots: 2
                """);
    }

    @Test
    void modelsAreTakenAsTheFileSays() {
        HostedModels models = HostedModels.of(properties(Map.of()));

        ModelSpec small = models.all().getFirst().spec();
        assertThat(small.file()).isEqualTo(folder.resolve("small.gguf").toAbsolutePath());
        assertThat(small.slots()).isEqualTo(8);
        assertThat(small.gpuLayers()).isEqualTo(5);
        assertThat(small.contextLength()).isEqualTo(1024);
        assertThat(models.all().getLast().spec().file())
                .isEqualTo(Path.of("/elsewhere/other.gguf"));
        assertThat(models.preload()).containsExactlyInAnyOrder("small", "other");
    }

    @Test
    void theWorkersSettingsBoundSlotsAndReplaceGpuLayers() {
        HostedModels models =
                HostedModels.of(
                        properties(Map.of("max-concurrent-per-model", "3", "gpu-layers", "0")));

        assertThat(models.all()).extracting(m -> m.spec().slots()).containsExactly(3, 2);
        assertThat(models.all()).extracting(m -> m.spec().gpuLayers()).containsOnly(0);
    }

    @Test
    void onlyTheNamedModelsAreLoadedAtOnce() {
        assertThat(HostedModels.of(properties(Map.of("preload-models", "other"))).preload())
                .containsExactly("other");
    }

    @Test
    void aPreloadOfAnUnknownModelIsAnError() {
        assertThatThrownBy(() -> HostedModels.of(properties(Map.of("preload-models", "ghost"))))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("INFERENCE_PRELOAD_MODELS")
                .hasMessageContaining("[ghost]");
    }

    @Test
    void aFileThatIsMissingOrWrongIsOneClearError() throws IOException {
        Path file = folder.resolve("models.yaml");
        Files.writeString(file, "models: 7");
        assertThatThrownBy(() -> HostedModels.of(properties(Map.of())))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("models.yaml");

        Files.delete(file);
        assertThatThrownBy(() -> HostedModels.of(properties(Map.of())))
                .hasMessageContaining("no such file");
    }

    private WorkerProperties properties(Map<String, String> settings) {
        Map<String, String> all = new HashMap<>();
        all.put("brigade.worker.models-dir", folder.toString());
        all.put("brigade.worker.config-dir", folder.toString());
        settings.forEach((name, value) -> all.put("brigade.worker." + name, value));
        return new Binder(new MapConfigurationPropertySource(all))
                .bindOrCreate("brigade.worker", WorkerProperties.class);
    }
}
