package dev.brigade.acceptance.system;

import dev.brigade.demo.scripted.ScriptedModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Models whose answers are known, and the {@code models.yaml} that names them. */
public final class TestModels {

    private static final Path SHIPPED =
            Path.of(System.getProperty("brigade.root", "../.."), "ops/demo-models/models");

    private static final String ENTRY =
            """
              - id: %s
                backend: %s
                path: %s
                roles: [%s]
                context_length: %d
                slots: %d
            """;

    private final Map<String, Entry> entries = new LinkedHashMap<>();

    /** Adds a scripted model, a real GGUF, with one of the roles. */
    public TestModels with(
            String id, String role, int contextLength, int slots, ScriptedModel model) {
        ScriptedModel sized = model.withContext(contextLength);
        return add(id, new Entry("llama", id + ".gguf", role, contextLength, slots, sized::write));
    }

    /**
     * Adds a model of the deterministic backend with one of the roles.
     *
     * @param replies what certain calls are answered: the entries of {@code replies}
     */
    public TestModels deterministic(
            String id, String role, int contextLength, int slots, String replies) {
        String file = "#deterministic-model\nreplies:\n" + replies.indent(2);
        return add(
                id,
                new Entry(
                        "deterministic",
                        id + ".model",
                        role,
                        contextLength,
                        slots,
                        path -> Files.writeString(path, file)));
    }

    /**
     * Adds a model of the deterministic backend that tells light pictures ({@code technical}) from
     * dark ones.
     *
     * @param delayMs time that one picture takes
     */
    public TestModels classifier(String id, int delayMs) {
        return quick(id, "classify", "delay_ms: %d\n".formatted(delayMs));
    }

    /**
     * Adds a model of the deterministic backend that gives texts with common words like vectors.
     */
    public TestModels embedder(String id, int dimensions) {
        return quick(id, "embedding", "dimensions: %d\n".formatted(dimensions));
    }

    /**
     * Adds a model that ships in a folder, and runs on ONNX Runtime.
     *
     * @param capability {@code classify} or {@code embedding}
     */
    public TestModels shipped(String id, String capability) {
        return add(
                id,
                new Entry(
                        "djl",
                        SHIPPED.resolve(id).toAbsolutePath().toString(),
                        capability + "]\n    capabilities: [" + capability,
                        512,
                        32,
                        path -> {}));
    }

    private TestModels quick(String id, String task, String properties) {
        String file = "#deterministic-model\ntask: %s\n%s".formatted(task, properties);
        return add(
                id,
                new Entry(
                        "deterministic",
                        id + ".model",
                        task + "]\n    capabilities: [" + task,
                        4096,
                        32,
                        path -> Files.writeString(path, file)));
    }

    /** Adds a model that no worker has. */
    public TestModels absent(String id, String role) {
        return add(id, new Entry("deterministic", id + ".model", role, 4096, 1, path -> {}));
    }

    private TestModels add(String id, Entry entry) {
        entries.put(id, entry);
        return this;
    }

    void write(Path models, Path config) {
        try {
            Files.createDirectories(models);
            Files.createDirectories(config);
            StringBuilder yaml = new StringBuilder("models:\n");
            for (Map.Entry<String, Entry> each : entries.entrySet()) {
                Entry entry = each.getValue();
                entry.file().write(models.resolve(entry.path()));
                yaml.append(
                        ENTRY.formatted(
                                each.getKey(),
                                entry.backend(),
                                entry.path(),
                                entry.role(),
                                entry.contextLength(),
                                entry.slots()));
            }
            Files.writeString(config.resolve("models.yaml"), yaml);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private record Entry(
            String backend,
            String path,
            String role,
            int contextLength,
            int slots,
            ModelFile file) {}

    /** Writes a model's file. */
    private interface ModelFile {

        void write(Path path) throws IOException;
    }
}
