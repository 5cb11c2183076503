package dev.brigade.worker.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.brigade.config.ModelOptions;
import dev.brigade.config.ModelsConfig;
import dev.brigade.schema.ModelState;
import dev.brigade.worker.backend.ModelSpec;
import dev.brigade.worker.deterministic.DeterministicBackend;
import dev.brigade.worker.pins.Pins;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class ModelPoolTest {

    @TempDir Path folder = Path.of("");

    private final AtomicLong now = new AtomicLong();
    private final Pins pins = new Pins(10, now::get);
    private final TestingServing serving = new TestingServing();
    private final AtomicInteger changes = new AtomicInteger();
    private Optional<ModelPool> started = Optional.empty();

    @AfterEach
    void end() throws InterruptedException {
        if (started.isPresent()) {
            started.get().end(Duration.ZERO);
        }
    }

    @Test
    void aModelIsLoadedAndServed() throws Exception {
        model("a", 1);
        ModelPool pool = pool(100, "a");

        load(pool, "a");

        assertThat(status(pool, "a").state()).isEqualTo(ModelState.READY);
        assertThat(status(pool, "a").slots()).isEqualTo(2);
        assertThat(status(pool, "a").facts()).isPresent();
        assertThat(changes.get()).isGreaterThanOrEqualTo(2);
    }

    @Test
    void aMissingFileFailsOneModelAndTheOthersGoOn() throws Exception {
        model("b", 1);
        ModelPool pool = pool(100, "a", "b");

        load(pool, "a");
        load(pool, "b");

        assertThat(status(pool, "a").state()).isEqualTo(ModelState.FAILED);
        assertThat(status(pool, "a").error()).get().asString().contains("a.model cannot be read");
        assertThat(status(pool, "b").state()).isEqualTo(ModelState.READY);
    }

    @Test
    void aFileOfAnotherKindIsOneClearError() throws Exception {
        Files.writeString(folder.resolve("a.model"), "GGUF");
        ModelPool pool = pool(100, "a");

        load(pool, "a");

        assertThat(status(pool, "a").error()).get().asString().contains("does not begin with");
    }

    @Test
    void anUnknownBackendIsNamed() throws Exception {
        HostedModel model = hosted("a", "magic");
        ModelPool pool = pool(100, List.of(model));

        load(pool, "a");

        assertThat(status(pool, "a").error())
                .contains("there is no backend magic; there are [deterministic]");
    }

    @Test
    void aFileThatComesLaterIsLoaded() throws Exception {
        ModelPool pool = pool(100, "a");
        load(pool, "a");
        assertThat(status(pool, "a").state()).isEqualTo(ModelState.FAILED);

        model("a", 1);

        await().until(() -> status(pool, "a").state() == ModelState.READY);
    }

    @Test
    void aFileThatStaysBadIsNotTriedAgain() throws Exception {
        Files.writeString(folder.resolve("a.model"), "GGUF");
        ModelPool pool = pool(100, "a");
        load(pool, "a");
        int before = changes.get();

        await().during(Duration.ofMillis(300)).until(() -> changes.get() == before);
    }

    @Test
    void theLongestUnusedModelMakesRoom() throws Exception {
        model("a", 60);
        model("b", 30);
        bigModel("c", 40);
        ModelPool pool = pool(100, "a", "b", "c");
        load(pool, "a");
        load(pool, "b");

        load(pool, "c");

        assertThat(status(pool, "a").state()).isEqualTo(ModelState.UNLOADED);
        assertThat(status(pool, "b").state()).isEqualTo(ModelState.READY);
        assertThat(status(pool, "c").state()).isEqualTo(ModelState.READY);
        assertThat(serving.ended()).containsExactly("a");
    }

    @Test
    void aBusyModelIsNotUnloadedForAnother() throws Exception {
        model("a", 90);
        bigModel("c", 40);
        ModelPool pool = pool(100, "a", "c");
        load(pool, "a");
        serving.running("a", 1);

        load(pool, "c");

        assertThat(status(pool, "a").state()).isEqualTo(ModelState.READY);
        assertThat(status(pool, "c").state()).isEqualTo(ModelState.FAILED);
        assertThat(status(pool, "c").error()).get().asString().contains("90 of 100 MB");
    }

    @Test
    void aPinnedModelStaysAndAnotherMakesRoom() throws Exception {
        model("a", 45);
        model("b", 45);
        bigModel("c", 40);
        ModelPool pool = pool(100, "a", "b", "c");
        load(pool, "a");
        load(pool, "b");
        pins.pin("r1", "draft", "a", 1_000);

        load(pool, "c");

        assertThat(status(pool, "a").state()).isEqualTo(ModelState.READY);
        assertThat(status(pool, "b").state()).isEqualTo(ModelState.UNLOADED);
        assertThat(status(pool, "c").state()).isEqualTo(ModelState.READY);
    }

    @Test
    void aModelWhosePinHasEndedMakesRoomAgain() throws Exception {
        model("a", 90);
        bigModel("c", 40);
        ModelPool pool = pool(100, "a", "c");
        load(pool, "a");
        pins.pin("r1", "draft", "a", 1_000);
        load(pool, "c");
        assertThat(status(pool, "a").state()).isEqualTo(ModelState.READY);
        assertThat(status(pool, "c").error()).get().asString().contains("at work or pinned");

        now.set(1_000);
        load(pool, "c");

        assertThat(status(pool, "a").state()).isEqualTo(ModelState.UNLOADED);
        assertThat(status(pool, "c").state()).isEqualTo(ModelState.READY);
    }

    @Test
    void anUnloadThatIsAskedForEndsThePins() throws Exception {
        model("a", 1);
        ModelPool pool = pool(100, "a");
        load(pool, "a");
        pins.pin("r1", "draft", "a", 1_000);

        pool.unload("a").get(5, TimeUnit.SECONDS);

        assertThat(status(pool, "a").state()).isEqualTo(ModelState.UNLOADED);
        assertThat(pins.count()).isZero();
    }

    @Test
    void anEndedPoolHoldsNoPins() throws Exception {
        model("a", 1);
        ModelPool pool = pool(100, "a");
        load(pool, "a");
        pins.pin("r1", "draft", "a", 1_000);

        pool.end(Duration.ZERO);

        assertThat(pins.count()).isZero();
    }

    @Test
    void anUnloadedModelTakesNoJobsAndCanBeLoadedAgain() throws Exception {
        model("a", 1);
        ModelPool pool = pool(100, "a");
        load(pool, "a");

        pool.unload("a").get(5, TimeUnit.SECONDS);
        assertThat(status(pool, "a").state()).isEqualTo(ModelState.UNLOADED);
        assertThat(status(pool, "a").slots()).isZero();
        assertThat(serving.ended()).containsExactly("a");

        load(pool, "a");
        assertThat(status(pool, "a").state()).isEqualTo(ModelState.READY);
    }

    @Test
    void ordersThatCrossAMoveAreCarriedOutAfterIt() throws Exception {
        model("a", 1);
        ModelPool pool = pool(100, "a");

        for (int round = 0; round < 20; round++) {
            var loading = pool.load("a");
            pool.unload("a").get(10, TimeUnit.SECONDS);
            loading.get(10, TimeUnit.SECONDS);
            assertThat(status(pool, "a").state()).isEqualTo(ModelState.UNLOADED);

            load(pool, "a");
            var leaving = pool.unload("a");
            load(pool, "a");
            leaving.get(10, TimeUnit.SECONDS);
            assertThat(status(pool, "a").state()).isEqualTo(ModelState.READY);
            pool.unload("a").get(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void anEndedPoolLoadsNothing() throws Exception {
        model("a", 1);
        ModelPool pool = pool(100, "a");

        pool.end(Duration.ZERO);
        load(pool, "a");

        assertThat(status(pool, "a").state()).isEqualTo(ModelState.UNLOADED);
    }

    private static void load(ModelPool pool, String id) throws Exception {
        pool.load(id).get(10, TimeUnit.SECONDS);
    }

    private static ModelStatus status(ModelPool pool, String id) {
        return pool.statuses().stream().filter(s -> s.id().equals(id)).findFirst().orElseThrow();
    }

    private void model(String id, int memoryMb) {
        try {
            Files.writeString(
                    folder.resolve(id + ".model"),
                    "#deterministic-model\nmemory_mb=" + memoryMb + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A model whose need is seen from its file's size, before it is loaded. */
    private void bigModel(String id, int mb) throws IOException {
        String head = "#deterministic-model\nmemory_mb=" + mb + "\n#";
        Files.writeString(folder.resolve(id + ".model"), head + "x".repeat(mb << 20));
    }

    private ModelPool pool(long limitMb, String... ids) {
        return pool(limitMb, List.of(ids).stream().map(id -> hosted(id, "deterministic")).toList());
    }

    private ModelPool pool(long limitMb, List<HostedModel> models) {
        ModelPool pool =
                new ModelPool(
                        models,
                        new Backends(List.of(new DeterministicBackend())),
                        serving,
                        pins,
                        new PoolSettings(limitMb, 2, Duration.ZERO, Duration.ofMillis(50)),
                        new SimpleMeterRegistry(),
                        changes::incrementAndGet);
        pool.start();
        started = Optional.of(pool);
        return pool;
    }

    private HostedModel hosted(String id, String backend) {
        String yaml =
                """
                models:
                  - id: %s
                    backend: %s
                    path: %s.model
                    roles: [fast]
                    context_length: 128
                """
                        .formatted(id, backend, id);
        var config = ModelsConfig.parse(yaml, "test").models().getFirst();
        return new HostedModel(
                config,
                new ModelSpec(
                        id,
                        config.file(folder),
                        128,
                        2,
                        0,
                        0,
                        config.roles(),
                        Optional.empty(),
                        Optional.empty(),
                        ModelOptions.DEFAULT));
    }
}
