package dev.brigade.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.config.ModelOptions;
import dev.brigade.config.ModelsConfig;
import dev.brigade.config.process.HealthEndpoint.Readiness;
import dev.brigade.schema.ModelState;
import dev.brigade.worker.backend.ModelSpec;
import dev.brigade.worker.pool.HostedModel;
import dev.brigade.worker.pool.ModelStatus;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class ModelReadinessTest {

    @Test
    void aLoadThatGoesOnIsNotReadyAndTellsHowFarItIs() {
        assertThat(ModelReadiness.of(List.of(ready(), of(ModelState.LOADING, ""))))
                .isEqualTo(new Readiness.NotReady("loading models: 1/2"));
    }

    @Test
    void oneReadyModelIsEnoughWhenAllHaveSettled() {
        assertThat(ModelReadiness.of(List.of(ready(), of(ModelState.FAILED, "no file"))))
                .isEqualTo(new Readiness.Ready("ready"));
    }

    @Test
    void noReadyModelIsNotReadyAndTellsWhy() {
        assertThat(ModelReadiness.of(List.of(of(ModelState.FAILED, "no file"))))
                .isEqualTo(new Readiness.NotReady("no model is ready: 0/1: no file"));
    }

    @Test
    void nothingToLoadIsNotReady() {
        assertThat(ModelReadiness.of(List.of())).isInstanceOf(Readiness.NotReady.class);
    }

    private static ModelStatus ready() {
        return of(ModelState.READY, "");
    }

    private static ModelStatus of(ModelState state, String error) {
        String yaml =
                """
                models:
                  - id: demo
                    path: demo.gguf
                    roles: [fast]
                    context_length: 64
                """;
        ModelSpec spec =
                new ModelSpec(
                        "demo",
                        Path.of("demo.gguf"),
                        64,
                        1,
                        0,
                        0,
                        List.of("fast"),
                        Optional.empty(),
                        Optional.empty(),
                        ModelOptions.DEFAULT);
        return new ModelStatus(
                new HostedModel(ModelsConfig.parse(yaml, "test").models().getFirst(), spec),
                state,
                error.isEmpty() ? Optional.empty() : Optional.of(error),
                0,
                0,
                0,
                OptionalDouble.empty(),
                Optional.empty());
    }
}
