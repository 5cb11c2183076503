package dev.brigade.acceptance.system;

import dev.brigade.demo.scripted.ScriptedModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Real GGUF models whose answers are known, and the {@code models.yaml} that names them. */
public final class TestModels {

    private static final String ENTRY =
            """
              - id: %s
                backend: llama
                path: %s.gguf
                roles: [%s]
                context_length: %d
                slots: %d
            """;

    private final Map<String, Entry> entries = new LinkedHashMap<>();

    /** Adds a scripted model with one of the roles. */
    public TestModels with(
            String id, String role, int contextLength, int slots, ScriptedModel model) {
        entries.put(id, new Entry(role, contextLength, slots, model.withContext(contextLength)));
        return this;
    }

    void write(Path models, Path config) {
        try {
            Files.createDirectories(models);
            Files.createDirectories(config);
            StringBuilder yaml = new StringBuilder("models:\n");
            for (Map.Entry<String, Entry> each : entries.entrySet()) {
                Entry entry = each.getValue();
                entry.model().write(models.resolve(each.getKey() + ".gguf"));
                yaml.append(
                        ENTRY.formatted(
                                each.getKey(),
                                each.getKey(),
                                entry.role(),
                                entry.contextLength(),
                                entry.slots()));
            }
            Files.writeString(config.resolve("models.yaml"), yaml);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private record Entry(String role, int contextLength, int slots, ScriptedModel model) {}
}
