package dev.brigade.worker.djl.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.brigade.contract.error.ErrorCode;
import dev.brigade.schema.Priority;
import dev.brigade.worker.backend.Cancellation;
import dev.brigade.worker.backend.MeterNames;
import dev.brigade.worker.backend.Result;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class BatcherTest {

    private static final Duration LONG = Duration.ofSeconds(20);
    private static final int QUEUE = 8;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final List<List<Integer>> batches = Collections.synchronizedList(new ArrayList<>());
    private final AtomicBoolean released = new AtomicBoolean();
    private final CountDownLatch busy = new CountDownLatch(1);
    private final CountDownLatch go = new CountDownLatch(1);
    private final Batcher<Integer, Integer> batcher = batcher(QUEUE, this::run);

    private Batcher<Integer, Integer> batcher(int queue, BatchRun<Integer, Integer> run) {
        return new Batcher<>(
                "m",
                new BatchSettings(new BatchPolicy.Greedy(), 4, 4, queue),
                run,
                () -> released.set(true),
                meters,
                System::nanoTime);
    }

    @AfterEach
    void close() {
        go.countDown();
        batcher.close();
    }

    @Test
    void manyCallersGetTheirOwnAnswers() throws Exception {
        int callers = 16;
        int each = 200;
        try (ExecutorService threads = Executors.newFixedThreadPool(callers)) {
            List<Future<Integer>> right = new ArrayList<>();
            for (int caller = 0; caller < callers; caller++) {
                int from = 1_000 + caller * each;
                right.add(
                        threads.submit(() ->
                                (int)
                                        IntStream.range(from, from + each)
                                                .mapToObj(this::submit)
                                                .toList()
                                                .stream()
                                                .filter(answer ->
                                                        answer.join() instanceof Result.Done)
                                                .count()));
            }
            for (Future<Integer> count : right) {
                assertThat(count.get(20, TimeUnit.SECONDS)).isEqualTo(each);
            }
        }
        assertThat(batches).allSatisfy(batch -> assertThat(batch).hasSizeBetween(1, 4));
        assertThat(batches.stream().flatMap(List::stream))
                .hasSize(callers * each)
                .doesNotHaveDuplicates();
    }

    @Test
    void theAnswerIsThatOfTheInput() {
        assertThat(submit(21).join()).isEqualTo(Result.done(42));
    }

    @Test
    void callsThatComeWhileTheModelRunsRunTogether() {
        var first = block();
        var others = IntStream.of(1, 2, 3).mapToObj(this::submit).toList();
        go.countDown();
        first.join();
        others.forEach(CompletableFuture::join);

        assertThat(batches).containsExactly(List.of(-1), List.of(1, 2, 3));
    }

    @Test
    void aHighCallIsAnsweredBeforeHundredsOfLowOnes() {
        try (Batcher<Integer, Integer> wide = batcher(512, this::run)) {
            var first = wide.submit(-1, 1, Priority.LOW, new Cancellation(), LONG);
            await().until(() -> busy.getCount() == 0);
            var low =
                    IntStream.range(0, 200)
                            .mapToObj(
                                    i -> wide.submit(i, 1, Priority.LOW, new Cancellation(), LONG))
                            .toList();
            var high = wide.submit(1_000, 1, Priority.HIGH, new Cancellation(), LONG);
            go.countDown();
            first.join();
            high.join();
            low.forEach(CompletableFuture::join);
        }
        assertThat(batches.get(1)).startsWith(1_000);
    }

    @Test
    void lowCallsAreAllAnsweredWhileHighOnesKeepComing() {
        AtomicReference<Batcher<Integer, Integer>> self = new AtomicReference<>();
        AtomicInteger low = new AtomicInteger(200);
        AtomicInteger runs = new AtomicInteger();
        BatchRun<Integer, Integer> everMore =
                inputs -> {
                    low.addAndGet(-(int) inputs.stream().filter(input -> input < 200).count());
                    if (low.get() > 0 && runs.incrementAndGet() < 2_000) {
                        for (int i = 0; i < 4; i++) {
                            self.get().submit(1_000, 1, Priority.HIGH, new Cancellation(), LONG);
                        }
                    }
                    return inputs.stream().map(Result::done).toList();
                };
        try (Batcher<Integer, Integer> wide = batcher(512, everMore)) {
            self.set(wide);
            var answers =
                    IntStream.range(0, 200)
                            .mapToObj(
                                    i -> wide.submit(i, 1, Priority.LOW, new Cancellation(), LONG))
                            .toList();
            answers.forEach(CompletableFuture::join);
        }
        assertThat(runs)
                .as("batches, all of which could have been of high calls")
                .hasValueLessThan(600);
    }

    @Test
    void aBadInputFailsAlone() {
        var first = block();
        var good = submit(1);
        var bad = submit(-13);
        var alsoGood = submit(2);
        go.countDown();
        first.join();

        assertThat(good.join()).isEqualTo(Result.done(2));
        assertThat(alsoGood.join()).isEqualTo(Result.done(4));
        assertThat(bad.join())
                .isEqualTo(
                        Result.failed(
                                ErrorCode.ENGINE_ERROR, "the model could not work on this input"));
        assertThat(submit(5).join()).as("and the model lives").isEqualTo(Result.done(10));
    }

    @Test
    void aCancelledCallIsAnsweredAtOnceAndNeverSeenByTheModel() {
        var first = block();
        Cancellation cancellation = new Cancellation();
        var cancelled = batcher.submit(7, 1, Priority.NORMAL, cancellation, LONG);
        cancellation.cancel();

        assertThat(cancelled).isCompletedWithValue(Result.cancelled());
        go.countDown();
        first.join();
        assertThat(submit(8).join()).isEqualTo(Result.done(16));
        assertThat(batches).containsExactly(List.of(-1), List.of(8));
    }

    @Test
    void aCallWhoseTimeIsOverIsNeverSeenByTheModel() {
        var first = block();
        var late = batcher.submit(7, 1, Priority.NORMAL, new Cancellation(), Duration.ofNanos(1));
        go.countDown();
        first.join();

        assertThat(late.join()).matches(result -> failedWith(result, ErrorCode.DEADLINE_EXCEEDED));
        assertThat(batches).containsExactly(List.of(-1));
    }

    @Test
    void aFullQueueHoldsItsCallersUntilThereIsRoom() {
        var first = block();
        var queued = fillTheQueue();
        assertThat(
                        batcher.submit(
                                        99,
                                        1,
                                        Priority.NORMAL,
                                        new Cancellation(),
                                        Duration.ofMillis(1))
                                .join())
                .matches(result -> failedWith(result, ErrorCode.DEADLINE_EXCEEDED));

        var held =
                CompletableFuture.supplyAsync(() -> submit(100).join(), Thread::startVirtualThread);
        assertThat(held).isNotDone();
        go.countDown();
        assertThat(held.join()).isEqualTo(Result.done(200));
        assertThat(first.join()).isEqualTo(Result.done(-2));
        assertThat(queued)
                .allSatisfy(call -> assertThat(call.join()).isInstanceOf(Result.Done.class));
    }

    @Test
    void aCancelEndsTheWaitForRoom() {
        var first = block();
        var queued = fillTheQueue();
        Cancellation cancellation = new Cancellation();
        var held =
                CompletableFuture.supplyAsync(
                        () -> batcher.submit(100, 1, Priority.NORMAL, cancellation, LONG).join(),
                        Thread::startVirtualThread);
        cancellation.cancel();

        assertThat(held.join()).isEqualTo(Result.cancelled());
        assertThat(first).isNotDone();
        assertThat(queued).noneMatch(CompletableFuture::isDone);
    }

    @Test
    void closingEndsTheRunningBatchFailsTheRestAndReleasesTheModel() {
        var running = block();
        var waiting = submit(1);
        Thread closer = Thread.ofPlatform().start(batcher::close);

        assertThat(waiting.join())
                .isEqualTo(Result.failed(ErrorCode.WORKER_STOPPING, "the model is being unloaded"));
        assertThat(released).as("while it runs").isFalse();
        go.countDown();
        assertThat(running.join()).isEqualTo(Result.done(-2));
        await().untilAsserted(() -> assertThat(closer.isAlive()).isFalse());
        assertThat(released).isTrue();
        assertThat(submit(2).join()).matches(r -> failedWith(r, ErrorCode.WORKER_STOPPING));
        assertThat(meters.getMeters()).isEmpty();
    }

    @Test
    void anErrorOfTheEngineEndsTheModel() {
        var first = block();
        var deadly = submit(-666);
        go.countDown();
        first.join();

        assertThat(deadly.join()).matches(result -> failedWith(result, ErrorCode.ENGINE_ERROR));
        await().until(() -> !batcher.isAlive() && released.get());
        assertThat(submit(1).join()).matches(result -> failedWith(result, ErrorCode.ENGINE_ERROR));
    }

    @Test
    void sizesAndWaitsAreCounted() {
        var first = block();
        var others = IntStream.of(1, 2, 3).mapToObj(this::submit).toList();
        assertThat(meters.get(MeterNames.BATCH_QUEUE_LENGTH).gauge().value()).isEqualTo(3);
        go.countDown();
        first.join();
        others.forEach(CompletableFuture::join);

        var sizes = meters.get(MeterNames.BATCH_SIZE).tag(MeterNames.MODEL_NAME, "m").summary();
        assertThat(sizes.count()).isEqualTo(2);
        assertThat(sizes.totalAmount()).isEqualTo(4);
        assertThat(meters.get(MeterNames.BATCH_WAIT).timer().count()).isEqualTo(4);
        assertThat(meters.get(MeterNames.BATCH_QUEUE_LENGTH).gauge().value()).isZero();
    }

    private CompletableFuture<Result<Integer>> submit(int input) {
        return batcher.submit(input, 1, Priority.NORMAL, new Cancellation(), LONG);
    }

    private List<CompletableFuture<Result<Integer>>> fillTheQueue() {
        return IntStream.range(0, QUEUE).mapToObj(this::submit).toList();
    }

    /** Keeps the model busy until {@link #go}. */
    private CompletableFuture<Result<Integer>> block() {
        var answer = submit(-1);
        try {
            assertThat(busy.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        return answer;
    }

    /** Doubles its inputs, but for some. */
    private List<Result<Integer>> run(List<Integer> inputs) throws InterruptedException {
        if (inputs.contains(-13)) {
            throw new IllegalArgumentException("a bad one");
        }
        if (inputs.contains(-666)) {
            throw new AssertionError("the engine is gone");
        }
        batches.add(inputs);
        if (inputs.contains(-1)) {
            busy.countDown();
            assertThat(go.await(20, TimeUnit.SECONDS)).isTrue();
        }
        return inputs.stream().map(input -> Result.done(2 * input)).toList();
    }

    private static boolean failedWith(Result<Integer> result, ErrorCode code) {
        return result instanceof Result.Failed<Integer> failed && failed.code() == code;
    }
}
