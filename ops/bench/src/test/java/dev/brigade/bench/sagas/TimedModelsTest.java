package dev.brigade.bench.sagas;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.config.ModelConfig;
import dev.brigade.config.ModelOptions;
import dev.brigade.config.ModelsConfig;
import dev.brigade.worker.backend.BackendContext;
import dev.brigade.worker.backend.LoadedModel;
import dev.brigade.worker.backend.ModelSpec;
import dev.brigade.worker.deterministic.DeterministicBackend;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TimedModelsTest {

    @Test
    void theModelsAreListedAndTheirFilesAreModels(@TempDir Path folder) throws Exception {
        List<ModelConfig> models = ModelsConfig.parse(TimedModels.yaml(), "models.yaml").models();
        assertThat(models.stream().map(ModelConfig::id))
                .containsExactly("bench-primary", "bench-thinker", "bench-fast");
        for (ModelConfig model : models) {
            String name = model.id() + ".model";
            Path file =
                    Files.writeString(
                            folder.resolve(name),
                            TimedModels.files().getOrDefault(name, "no such file"));
            try (LoadedModel loaded =
                    new DeterministicBackend()
                            .load(spec(model.id(), file), BackendContext.alone())) {
                assertThat(loaded.facts().capabilities()).contains("chat", "json_schema");
            }
        }
    }

    private static ModelSpec spec(String id, Path file) {
        return new ModelSpec(
                id,
                file,
                8192,
                8,
                0,
                0,
                List.of("primary"),
                Optional.empty(),
                Optional.empty(),
                ModelOptions.DEFAULT);
    }
}
