package dev.brigade.worker.llama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.brigade.contract.error.ErrorCode;
import dev.brigade.demo.scripted.ScriptedModel;
import dev.brigade.worker.backend.Cancellation;
import dev.brigade.worker.backend.LoadedModel.Health;
import dev.brigade.worker.backend.Outcome;
import dev.brigade.worker.llama.Answer.Ask;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of requests when the engine process does not play along. */
class SupervisionTest {

    @TempDir private static Path folder;

    /** Of the tests that leave it as they found it. */
    private static LlamaModel shared;

    private final CountDownLatch running = new CountDownLatch(1);

    @BeforeAll
    static void load() throws Exception {
        shared = endless(2);
    }

    @AfterAll
    static void close() {
        shared.close();
    }

    @Test
    void aKilledEngineFailsItsRequestsAsCrashedAndIsStartedAgain() throws Exception {
        CompletableFuture<Answer> victim = inBackground(shared, Ask.raw("p"), Answer.LONG);
        ProcessHandle first = engine(shared);
        assertThat(first.destroyForcibly()).isTrue();

        Outcome.Failed failed = victim.get(20, TimeUnit.SECONDS).failed();
        assertThat(failed.code()).isEqualTo(ErrorCode.ENGINE_CRASHED);
        assertThat(failed.crashed()).isTrue();

        awaitAnother(first);
        assertThat(Answer.of(shared, Ask.raw("p").max(8)).text()).isEqualTo("abcdabcd");
    }

    @Test
    void anEngineThatKeepsDyingStaysDownAndSaysSo() throws Exception {
        try (LlamaModel model = endless(1)) {
            for (int i = 0; i <= TestingModels.IMPATIENT.mostRestarts(); i++) {
                await().atMost(Duration.ofSeconds(30)).until(() -> model.engine().isPresent());
                ProcessHandle engine = engine(model);
                engine.destroyForcibly();
                await().atMost(Duration.ofSeconds(10))
                        .until(() -> model.engine().filter(e -> e.pid() == engine.pid()).isEmpty());
            }
            await().atMost(Duration.ofSeconds(10)).until(() -> model.health() == Health.FAILED);
            Outcome.Failed failed = Answer.of(model, Ask.raw("p")).failed();
            assertThat(failed.code()).isEqualTo(ErrorCode.ENGINE_ERROR);
            assertThat(failed.code().retriable()).isTrue();
            assertThat(failed.crashed()).isFalse();
        }
    }

    @Test
    void theLimitHoldsWhenTheEngineHangsAndTheEngineIsReplaced() throws Exception {
        long start = System.nanoTime();
        CompletableFuture<Answer> victim =
                inBackground(shared, Ask.raw("p"), Duration.ofMillis(1_200));
        ProcessHandle first = engine(shared);
        signal("STOP", first);

        Outcome.Failed failed = victim.get(10, TimeUnit.SECONDS).failed();
        assertThat(failed.code()).isEqualTo(ErrorCode.DEADLINE_EXCEEDED);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(8));

        awaitAnother(first);
        assertThat(first.isAlive()).isFalse();
        assertThat(Answer.of(shared, Ask.raw("p").max(4)).text()).isEqualTo("abcd");
    }

    @Test
    void closingEndsTheEngineAndFailsItsRequestsAsRetriable() throws Exception {
        Set<Thread> others = engineThreads();
        LlamaModel model = endless(1);
        CompletableFuture<Answer> victim = inBackground(model, Ask.raw("p"), Answer.LONG);
        ProcessHandle engine = engine(model);
        long start = System.nanoTime();
        model.close();
        model.close();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
        assertThat(engine.isAlive()).isFalse();
        Outcome.Failed failed = victim.get(5, TimeUnit.SECONDS).failed();
        assertThat(failed.code()).isEqualTo(ErrorCode.WORKER_STOPPING);
        assertThat(Answer.of(model, Ask.raw("p")).failed().code())
                .isEqualTo(ErrorCode.WORKER_STOPPING);
        await().atMost(Duration.ofSeconds(5)).until(() -> others.containsAll(engineThreads()));
    }

    @Test
    void aStoppedEngineIsClosedInTimeToo() throws Exception {
        LlamaModel model = endless(1);
        ProcessHandle engine = engine(model);
        signal("STOP", engine);
        long start = System.nanoTime();
        model.close();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
        assertThat(engine.isAlive()).isFalse();
    }

    @Test
    void anInterruptedLoadLeavesNoEngineBehind() throws Exception {
        Path file = folder.resolve("interrupted.gguf");
        ScriptedModel.saying("x").write(file);
        CompletableFuture<Throwable> ending = new CompletableFuture<>();
        Thread loader =
                Thread.ofPlatform()
                        .start(() -> {
                            try {
                                TestingModels.load(TestingModels.spec(file, 64, 1)).close();
                                ending.complete(new AssertionError("loaded"));
                            } catch (Throwable e) {
                                ending.complete(e);
                            }
                        });
        Set<Long> before = children();
        await().atMost(Duration.ofSeconds(10))
                .until(() -> children().stream().anyMatch(pid -> !before.contains(pid)));
        loader.interrupt();
        assertThat(ending.get(10, TimeUnit.SECONDS)).isInstanceOf(InterruptedException.class);
        await().atMost(Duration.ofSeconds(10)).until(() -> before.containsAll(children()));
    }

    @Test
    void noEngineOutlivesAWorkerThatIsKilled() throws Exception {
        Path file = folder.resolve("orphan.gguf");
        ScriptedModel.repeating("abcd").write(file);
        Process worker =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                TestingWorker.class.getName(),
                                file.toString())
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        try (BufferedReader out =
                new BufferedReader(
                        new InputStreamReader(worker.getInputStream(), StandardCharsets.UTF_8))) {
            String line = out.readLine();
            assertThat(line).isNotNull();
            ProcessHandle engine = ProcessHandle.of(Long.parseLong(line)).orElseThrow();
            assertThat(engine.isAlive()).isTrue();
            worker.destroyForcibly();
            await().atMost(Duration.ofSeconds(10)).until(() -> !engine.isAlive());
        } finally {
            worker.destroyForcibly();
        }
    }

    /** Waits until the shared model is served by another engine than this. */
    private static void awaitAnother(ProcessHandle first) {
        await().atMost(Duration.ofSeconds(30))
                .until(() ->
                        shared.health() == Health.READY
                                && shared.engine().isPresent()
                                && engine(shared).pid() != first.pid());
    }

    private static LlamaModel endless(int slots) throws Exception {
        return TestingModels.load(ScriptedModel.repeating("abcd").slowedBy(2), folder, 4096, slots);
    }

    /** Starts a request and waits until it has text. */
    private CompletableFuture<Answer> inBackground(LlamaModel model, Ask ask, Duration limit)
            throws InterruptedException {
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        Thread.ofPlatform()
                .start(() ->
                        answer.complete(
                                Answer.of(
                                        model,
                                        ask,
                                        new Cancellation(),
                                        limit,
                                        (text, tokens) -> {
                                            running.countDown();
                                            return true;
                                        })));
        assertThat(running.await(20, TimeUnit.SECONDS)).isTrue();
        return answer;
    }

    private static ProcessHandle engine(LlamaModel model) {
        return model.engine().orElseThrow();
    }

    private static void signal(String name, ProcessHandle process)
            throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("kill", "-" + name, "" + process.pid()).start();
        assertThat(kill.waitFor(5, TimeUnit.SECONDS)).isTrue();
        assertThat(kill.exitValue()).isZero();
    }

    private static Set<Long> children() {
        return ProcessHandle.current()
                .children()
                .filter(ProcessHandle::isAlive)
                .map(ProcessHandle::pid)
                .collect(Collectors.toSet());
    }

    private static Set<Thread> engineThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("engine-m-"))
                .collect(Collectors.toSet());
    }
}
