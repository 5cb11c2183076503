package dev.brigade.worker.remote;

import dev.brigade.config.BatchOptions;
import dev.brigade.config.EmbeddingOptions;
import dev.brigade.config.ModelOptions;
import dev.brigade.config.RemoteOptions;
import dev.brigade.worker.backend.BackendContext;
import dev.brigade.worker.backend.LoadedModel;
import dev.brigade.worker.backend.ModelLoadException;
import dev.brigade.worker.backend.ModelSpec;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Loads remote models for tests. */
final class TestingRemote {

    static final String KEY = "sk-secret-of-the-test";

    private TestingRemote() {}

    static LoadedModel load(URI url, String... capabilities)
            throws ModelLoadException, InterruptedException {
        return load(url, Duration.ofSeconds(60), EmbeddingOptions.DEFAULT, capabilities);
    }

    /**
     * @param silence the configured {@code timeout}
     */
    static LoadedModel load(
            URI url, Duration silence, EmbeddingOptions embedding, String... capabilities)
            throws ModelLoadException, InterruptedException {
        RemoteOptions remote =
                new RemoteOptions(
                        url,
                        Optional.of("org/model"),
                        Optional.of("MODEL_KEY"),
                        Duration.ofSeconds(5),
                        silence,
                        Set.of(capabilities));
        return backend(Map.of("MODEL_KEY", KEY))
                .load(spec(remote, embedding), BackendContext.alone());
    }

    static RemoteBackend backend(Map<String, String> environment) {
        return new RemoteBackend(
                environment, new Watch.Pace(Duration.ofMillis(200), Duration.ofMillis(20)));
    }

    static ModelSpec spec(RemoteOptions remote, EmbeddingOptions embedding) {
        return new ModelSpec(
                "far",
                Path.of("far"),
                4_096,
                2,
                0,
                0,
                List.of("primary"),
                Optional.empty(),
                Optional.empty(),
                new ModelOptions(
                        ModelOptions.Engine.AUTO,
                        ModelOptions.Device.AUTO,
                        new BatchOptions(
                                BatchOptions.Strategy.DYNAMIC,
                                2,
                                Duration.ofMillis(5),
                                256,
                                Duration.ofMillis(50)),
                        ModelOptions.DEFAULT.classify(),
                        embedding,
                        Optional.of(remote)));
    }
}
