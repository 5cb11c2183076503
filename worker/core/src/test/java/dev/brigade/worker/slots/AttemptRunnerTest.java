package dev.brigade.worker.slots;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.brigade.config.ModelConfig.SamplingDefaults;
import dev.brigade.contract.error.ErrorCode;
import dev.brigade.contract.reply.TextDigest;
import dev.brigade.schema.AttemptFailed;
import dev.brigade.schema.AttemptFinished;
import dev.brigade.schema.AttemptStarted;
import dev.brigade.schema.CancelAttempt;
import dev.brigade.schema.Chunk;
import dev.brigade.schema.CompletionInput;
import dev.brigade.schema.Epoch;
import dev.brigade.schema.Job;
import dev.brigade.schema.JobDone;
import dev.brigade.worker.backend.LoadedModel.Health;
import dev.brigade.worker.backend.Outcome;
import dev.brigade.worker.calls.ModelCalls;
import dev.brigade.worker.pins.Pins;
import dev.brigade.worker.testing.Hosted;
import dev.brigade.worker.testing.Jobs;
import dev.brigade.worker.testing.TestingModel;
import dev.brigade.worker.testing.TestingOutbox;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class AttemptRunnerTest {

    private final TestingOutbox outbox = new TestingOutbox();
    private final OpenAttempts attempts = new OpenAttempts();
    private final AtomicLong pinsNow = new AtomicLong(System.nanoTime());
    private final Pins pins = new Pins(4, pinsNow::get);

    @Test
    void aReaderSeesStartThenChunksThenTheResultThenThePlaceFree() throws Exception {
        Settlement settlement = run(TestingModel.saying("Hel", "lo"), Jobs.chat("r1"));

        assertThat(settlement).isEqualTo(Settlement.ACCEPT);
        assertThat(outbox.written())
                .extracting(record -> (Object) record.getClass())
                .containsExactly(
                        AttemptStarted.class,
                        Chunk.class,
                        Chunk.class,
                        Chunk.class,
                        AttemptFinished.class,
                        JobDone.class);
        AttemptFinished finished = finished();
        assertThat(finished.getText()).isEqualTo("Hello");
        assertThat(finished.getDigest()).isEqualTo(TextDigest.of("Hello"));
        assertThat(finished.getFinishReason()).isEqualTo("stop");
        assertThat(finished.getLastSeq()).isEqualTo(2);
        assertThat(finished.getUsage().getCompletionTokens()).isEqualTo(2);
        assertThat(finished.getTimings().getFirstTokenMs()).isEqualTo(7);
        assertThat(chunks()).extracting(Chunk::getText).containsExactly("Hel", "lo", "");
        assertThat(chunks()).last().extracting(Chunk::getFinishReason).isEqualTo("stop");
        assertThat(chunks()).allMatch(chunk -> chunk.getEpoch().equals(epoch()));
    }

    @Test
    void aJobThatIsNotStreamedHasNoChunks() throws Exception {
        run(TestingModel.saying("Hello"), Jobs.builder("r1").setStream(false).build());

        assertThat(chunks()).isEmpty();
        assertThat(finished().getLastSeq()).isEqualTo(-1);
        assertThat(finished().getText()).isEqualTo("Hello");
    }

    @Test
    void chunksSayWhetherTheirTextIsForCertainTheAnswer() throws Exception {
        run(TestingModel.saying("a", "b"), Jobs.builder("r1").setIsFinal(false).build());
        assertThat(chunks()).hasSize(3).noneMatch(Chunk::getIsFinal);

        run(TestingModel.saying("a"), Jobs.chat("r2"));
        assertThat(chunks().subList(3, 5)).allMatch(Chunk::getIsFinal);
        assertThat(chunks()).allMatch(chunk -> chunk.getProgress() == null);
    }

    @Test
    void aFinishedAttemptHoldsItsModelWhereTheJobSaysSo() throws Exception {
        Job pinned = Jobs.builder("r1").setPin(true).build();

        run(TestingModel.saying("a"), pinned);
        run(TestingModel.saying("a"), pinned);

        assertThat(pins.holds("demo")).isTrue();
        assertThat(pins.count()).isEqualTo(1);
        pins.release("r1", "answer");
        assertThat(pins.holds("demo")).isFalse();
    }

    @Test
    void aPinIsThereBeforeTheResultIsTold() throws Exception {
        outbox.fail(record -> record instanceof AttemptFinished && !pins.holds("demo"));

        Job pinned = Jobs.builder("r1").setPin(true).build();

        assertThat(run(TestingModel.saying("a"), pinned)).isEqualTo(Settlement.ACCEPT);
    }

    @Test
    void aPinEndsWithTheJobsTime() throws Exception {
        Attempt attempt = attempt(Jobs.builder("r1").setPin(true).build());

        runner(TestingModel.saying("a")).run(attempt);

        pinsNow.set(attempt.deadlineNanos() - 1);
        assertThat(pins.holds("demo")).isTrue();
        pinsNow.set(attempt.deadlineNanos());
        assertThat(pins.holds("demo")).isFalse();
    }

    @Test
    void neitherAnOrdinaryJobNorOneThatFailsHoldsItsModel() throws Exception {
        Job pinned = Jobs.builder("r1").setPin(true).build();
        TestingModel failing =
                new TestingModel((request, sink, cancellation) ->
                        new Outcome.Failed(ErrorCode.ENGINE_ERROR, "no", false));

        run(TestingModel.saying("a"), Jobs.chat("r2"));
        run(failing, pinned);

        assertThat(pins.count()).isZero();
    }

    @Test
    void aBudgetThatThePromptExhaustsIsNotTriedElsewhere() throws Exception {
        TestingModel exhausted =
                new TestingModel((request, sink, cancellation) ->
                        new Outcome.Failed(ErrorCode.BUDGET_EXHAUSTED, "no tokens left", false));

        run(exhausted, Jobs.builder("r1").setSagaTokens(3).build());

        assertThat(failed().getCode()).isEqualTo("budget_exhausted");
        assertThat(failed().getRetriable()).isFalse();
    }

    @Test
    void anEchoedPromptBeginsTheTextAndTheFirstChunk() throws Exception {
        Job job = Jobs.builder("r1").setInput(new CompletionInput("Once", true)).build();

        run(TestingModel.saying(" upon"), job);

        assertThat(finished().getText()).isEqualTo("Once upon");
        assertThat(chunks().getFirst().getText()).isEqualTo("Once upon");
    }

    @Test
    void aJobWhoseTimeIsOverNeverReachesTheEngine() throws Exception {
        Attempt attempt =
                new Attempt(Jobs.chat("r1"), epoch(), "w", System.nanoTime(), System.nanoTime());

        Settlement settlement = runner(mustNotRun()).run(attempt);

        assertThat(settlement).isEqualTo(Settlement.ACCEPT);
        assertThat(failed().getCode()).isEqualTo("deadline_exceeded");
        assertThat(failed().getRetriable()).isFalse();
        assertThat(outbox.written(JobDone.class)).hasSize(1);
    }

    @Test
    void aJobCancelledBeforeItCameNeverReachesTheEngine() throws Exception {
        attempts.cancel(new CancelAttempt("r1", null, null));

        Settlement settlement = run(mustNotRun(), Jobs.chat("r1"));

        assertThat(settlement).isEqualTo(Settlement.ACCEPT);
        assertThat(failed().getCode()).isEqualTo("cancelled");
    }

    @Test
    void aRunningJobIsCancelledWithItsUsage() throws Exception {
        Attempt attempt = attempt(Jobs.chat("r1"));
        var running = CompletableFuture.supplyAsync(() -> settle(TestingModel.hanging(), attempt));
        await().until(() -> !chunks().isEmpty());

        attempts.cancel(new CancelAttempt("r1", "r1/answer/1", null));

        assertThat(running.get(5, TimeUnit.SECONDS)).isEqualTo(Settlement.ACCEPT);
        assertThat(failed().getCode()).isEqualTo("cancelled");
        assertThat(failed().getUsage().getCompletionTokens()).isEqualTo(1);
    }

    @Test
    void anEndingWorkerGivesItsJobBackAsRetriable() throws Exception {
        Attempt attempt = attempt(Jobs.chat("r1"));
        var running = CompletableFuture.supplyAsync(() -> settle(TestingModel.hanging(), attempt));
        await().until(() -> !chunks().isEmpty());

        attempt.stop(Attempt.Stop.WORKER_STOPPING);

        assertThat(running.get(5, TimeUnit.SECONDS)).isEqualTo(Settlement.ACCEPT);
        assertThat(failed().getCode()).isEqualTo("worker_stopping");
        assertThat(failed().getRetriable()).isTrue();
    }

    @Test
    void anAttemptWhoseLockIsLostSaysNothingMore() throws Exception {
        Attempt attempt = attempt(Jobs.chat("r1"));
        var running = CompletableFuture.supplyAsync(() -> settle(TestingModel.hanging(), attempt));
        await().until(() -> !chunks().isEmpty());

        attempt.stop(Attempt.Stop.LOCK_LOST);

        assertThat(running.get(5, TimeUnit.SECONDS)).isEqualTo(Settlement.FORGET);
        assertThat(outbox.written(AttemptFailed.class)).isEmpty();
        assertThat(outbox.written(JobDone.class)).isEmpty();
    }

    @Test
    void anAttemptWhoseChunksAreNotStoredIsReleasedWithoutAResult() throws Exception {
        outbox.fail(record -> record instanceof Chunk chunk && chunk.getSeq() == 1);

        Settlement settlement = run(TestingModel.saying("a", "b", "c"), Jobs.chat("r1"));

        assertThat(settlement).isEqualTo(Settlement.RELEASE);
        assertThat(outbox.written(AttemptFinished.class)).isEmpty();
        assertThat(outbox.written(JobDone.class)).isEmpty();
    }

    @Test
    void anAttemptWhoseResultIsNotStoredIsReleased() throws Exception {
        outbox.fail(AttemptFinished.class::isInstance);

        assertThat(run(TestingModel.saying("a"), Jobs.chat("r1"))).isEqualTo(Settlement.RELEASE);
    }

    @Test
    void aCrashIsToldAsSuch() throws Exception {
        TestingModel crashing =
                new TestingModel((request, sink, cancellation) ->
                        new Outcome.Failed(ErrorCode.ENGINE_CRASHED, "exit code 134", true));

        assertThat(run(crashing, Jobs.chat("r1"))).isEqualTo(Settlement.ACCEPT);
        assertThat(failed().getCrashed()).isTrue();
        assertThat(failed().getRetriable()).isTrue();
        assertThat(failed().getCode()).isEqualTo("engine_crashed");
    }

    @Test
    void aBugOfTheBackendFailsTheAttemptAndNotTheSlot() throws Exception {
        TestingModel faulty =
                new TestingModel((request, sink, cancellation) -> {
                    throw new IllegalStateException("bug");
                });

        assertThat(run(faulty, Jobs.chat("r1"))).isEqualTo(Settlement.ACCEPT);
        assertThat(failed().getCode()).isEqualTo("internal_error");
    }

    @Test
    void aJobWaitsWhileTheEngineIsStartedAgain() throws Exception {
        TestingModel model = TestingModel.saying("a");
        model.health(Health.RESTARTING);
        var running = CompletableFuture.supplyAsync(() -> settle(model, attempt(Jobs.chat("r1"))));
        await().until(() -> !outbox.written(AttemptStarted.class).isEmpty());

        model.health(Health.READY);

        assertThat(running.get(5, TimeUnit.SECONDS)).isEqualTo(Settlement.ACCEPT);
        assertThat(finished().getText()).isEqualTo("a");
    }

    @Test
    void aTextThatOutgrowsItsLimitEndsThereAsTooLong() throws Exception {
        String piece = "x".repeat(AttemptText.MAX_LENGTH / 2);

        run(TestingModel.saying(piece, piece, piece), Jobs.chat("r1"));

        assertThat(finished().getFinishReason()).isEqualTo("length");
        assertThat(finished().getText()).hasSize(AttemptText.MAX_LENGTH);
    }

    private Settlement run(TestingModel model, Job job) throws InterruptedException {
        return runner(model).run(attempt(job));
    }

    private Settlement settle(TestingModel model, Attempt attempt) {
        try {
            return runner(model).run(attempt);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private AttemptRunner runner(TestingModel model) {
        AttemptReport report = new AttemptReport(outbox, Clock.systemUTC());
        TextWork texts =
                new TextWork(
                        model,
                        report,
                        new TokenSpeed(System::nanoTime),
                        Duration.ZERO,
                        System::nanoTime,
                        (delay, action) -> {});
        Works works =
                new Works(
                        Optional.of(texts),
                        SamplingDefaults.NONE,
                        ModelCalls.of(Hosted.text(), model, Hosted.TOOLS));
        return new AttemptRunner(model, works, attempts, pins, report, System::nanoTime);
    }

    private static TestingModel mustNotRun() {
        return new TestingModel((request, sink, cancellation) -> {
            throw new AssertionError("the engine was called");
        });
    }

    private static Attempt attempt(Job job) {
        long now = System.nanoTime();
        return new Attempt(job, epoch(), "w", now, now + TimeUnit.MINUTES.toNanos(1));
    }

    private static Epoch epoch() {
        return new Epoch(1, 1, "attempt-1");
    }

    private AttemptFinished finished() {
        return outbox.written(AttemptFinished.class).getFirst();
    }

    private AttemptFailed failed() {
        return outbox.written(AttemptFailed.class).getFirst();
    }

    private List<Chunk> chunks() {
        return outbox.written(Chunk.class);
    }
}
