package dev.brigade.worker.llama;

import dev.brigade.config.ModelOptions;
import dev.brigade.demo.gguf.LlamaShape;
import dev.brigade.demo.scripted.RandomModel;
import dev.brigade.demo.scripted.ScriptedModel;
import dev.brigade.worker.backend.BackendContext;
import dev.brigade.worker.backend.ModelLoadException;
import dev.brigade.worker.backend.ModelSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Small models and engines for them. */
final class TestingModels {

    static final EngineSettings IMPATIENT =
            new EngineSettings(
                    Duration.ofSeconds(60),
                    Duration.ofMillis(200),
                    Duration.ofSeconds(2),
                    Duration.ofSeconds(20),
                    Duration.ofSeconds(2),
                    Duration.ofMillis(50),
                    Duration.ofSeconds(1),
                    2,
                    Duration.ofMinutes(10),
                    128);

    private TestingModels() {}

    static ModelSpec spec(Path file, int contextLength, int slots) {
        return new ModelSpec(
                "m",
                file,
                contextLength,
                slots,
                0,
                1,
                List.of(),
                Optional.empty(),
                Optional.empty(),
                ModelOptions.DEFAULT);
    }

    static ModelSpec withTemplate(ModelSpec spec, String template) {
        return new ModelSpec(
                spec.id(),
                spec.file(),
                spec.contextLength(),
                spec.slots(),
                spec.gpuLayers(),
                spec.threads(),
                spec.roles(),
                Optional.of(template),
                spec.sha256(),
                spec.options());
    }

    static LlamaModel load(ModelSpec spec) throws ModelLoadException, InterruptedException {
        return new LlamaBackend(IMPATIENT).load(spec, BackendContext.alone());
    }

    static LlamaModel load(ScriptedModel model, Path folder, int contextLength, int slots)
            throws IOException, ModelLoadException, InterruptedException {
        Path file = folder.resolve("scripted-" + System.nanoTime() + ".gguf");
        model.write(file);
        return load(spec(file, contextLength, slots));
    }

    /** A model whose next token is a matter of chance. */
    static LlamaModel loadRandom(Path folder, int slots)
            throws IOException, ModelLoadException, InterruptedException {
        Path file = folder.resolve("random-" + System.nanoTime() + ".gguf");
        new RandomModel(new LlamaShape(2048, 64, 2, 2, 64), 200, 5).write(file);
        return load(spec(file, 512, slots));
    }
}
