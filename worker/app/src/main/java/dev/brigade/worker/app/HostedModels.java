package dev.brigade.worker.app;

import dev.brigade.config.ConfigException;
import dev.brigade.config.ModelConfig;
import dev.brigade.config.ModelsConfig;
import dev.brigade.worker.backend.ModelSpec;
import dev.brigade.worker.pool.HostedModel;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The models of {@code models.yaml}, made fit for this machine by the worker's settings.
 *
 * @param all in file order
 * @param preload ids of those to load at once
 */
record HostedModels(List<HostedModel> all, Set<String> preload) {

    static HostedModels of(WorkerProperties properties) {
        Path file = properties.configDir().resolve("models.yaml");
        try {
            List<HostedModel> all =
                    ModelsConfig.read(file).models().stream()
                            .map(model -> hosted(model, properties))
                            .toList();
            return new HostedModels(all, preload(all, properties.preloadModels(), file));
        } catch (ConfigException e) {
            throw new StartFailure(String.valueOf(e.getMessage()), e);
        }
    }

    private static HostedModel hosted(ModelConfig model, WorkerProperties properties) {
        int slots =
                Math.min(
                        model.slots(),
                        Optional.ofNullable(properties.maxConcurrentPerModel())
                                .orElse(model.slots()));
        return new HostedModel(
                model,
                new ModelSpec(
                        model.id(),
                        model.file(properties.modelsDir().toAbsolutePath().normalize()),
                        model.contextLength(),
                        slots,
                        Optional.ofNullable(properties.gpuLayers()).orElse(model.gpuLayers()),
                        model.threads(),
                        model.roles(),
                        model.chatTemplate(),
                        model.sha256(),
                        model.options()));
    }

    private static Set<String> preload(List<HostedModel> all, List<String> asked, Path file) {
        Set<String> known = all.stream().map(HostedModel::id).collect(Collectors.toSet());
        Set<String> unknown = new HashSet<>(asked);
        unknown.removeAll(known);
        if (!unknown.isEmpty()) {
            throw new StartFailure(
                    "brigade.worker.preload-models (INFERENCE_PRELOAD_MODELS) names %s, which %s does not have"
                            .formatted(unknown, file),
                    new IllegalArgumentException(unknown.toString()));
        }
        return asked.isEmpty() ? known : Set.copyOf(asked);
    }
}
