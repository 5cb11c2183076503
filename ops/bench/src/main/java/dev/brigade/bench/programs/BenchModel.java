package dev.brigade.bench.programs;

import dev.brigade.config.ModelOptions;
import dev.brigade.demo.scripted.RandomModel;
import dev.brigade.worker.backend.ModelSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;

/**
 * The model that generates: random weights, about 97 MB in Q8_0, which cost what trained ones of
 * that size cost and never end a text early. Written once and used again by later runs.
 *
 * @param file the GGUF file
 */
public record BenchModel(Path file) {

    /** Its model id. */
    public static final String ID = "bench-random";

    /** Requests that it works on at once; the most streams that are measured. */
    public static final int SLOTS = 8;

    private static final int CONTEXT = 512;
    private static final long SEED = 1;
    private static final String NAME = "random-ninety-million-seed-1.gguf";

    /** The file of an earlier run, or a new one. */
    public static BenchModel prepare(BenchFolder folder) throws IOException {
        Path file = folder.cache().resolve(NAME);
        if (Files.notExists(file)) {
            Path part = file.resolveSibling(NAME + ".part");
            RandomModel.ofNinetyMillion(SEED).write(part);
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        }
        return new BenchModel(file);
    }

    /** How the bare engine loads it: as the worker does with {@link #yaml}. */
    public ModelSpec spec() {
        return new ModelSpec(
                ID,
                file,
                CONTEXT,
                SLOTS,
                0,
                0,
                List.of("primary"),
                Optional.empty(),
                Optional.empty(),
                ModelOptions.DEFAULT);
    }

    /** The {@code models.yaml} that names it. */
    String yaml() {
        return """
        models:
          - id: %s
            backend: llama
            path: %s
            roles: [primary]
            context_length: %d
            slots: %d
            gpu_layers: 0
        """
                .formatted(ID, file, CONTEXT, SLOTS);
    }
}
