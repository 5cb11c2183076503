package dev.brigade.worker.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.brigade.contract.error.ErrorCode;
import dev.brigade.schema.Priority;
import dev.brigade.worker.backend.Result;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DecoderPoolTest {

    private static final Duration LONG = Duration.ofMinutes(2);
    private static final Duration SHORT = Duration.ofMillis(50);
    private static final int THREADS = 2;
    private static final int PLACES = THREADS * 4;

    private final AtomicInteger gateWaiters = new AtomicInteger();
    private final DecoderPool pool = new DecoderPool(THREADS);
    private final CountDownLatch gate = new CountDownLatch(1);

    @AfterEach
    void close() {
        gate.countDown();
        pool.close();
    }

    @Test
    void atMostAsManyRunAsThereAreThreadsAndTheQueueIsBounded() {
        List<CompletableFuture<Result<String>>> accepted = new ArrayList<>();
        for (int i = 0; i < THREADS + PLACES; i++) {
            accepted.add(pool.run(Priority.NORMAL, this::waitForGate, LONG));
        }

        assertThat(pool.run(Priority.NORMAL, this::waitForGate, SHORT).join()).isEqualTo(expired());

        gate.countDown();
        assertThat(accepted).allSatisfy(f -> assertThat(f.join()).isEqualTo(done()));
    }

    @Test
    void higherClassesAreDecodedFirstAndFindRoomThoughLowOnesFillTheQueue() {
        List<Priority> begun = Collections.synchronizedList(new ArrayList<>());
        List<CompletableFuture<Result<String>>> all = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            all.add(pool.run(Priority.LOW, this::waitForGate, LONG));
        }
        await().until(() -> gateWaiters.get() == THREADS);
        List<Priority> order = new ArrayList<>(Collections.nCopies(PLACES, Priority.LOW));
        order.add(Priority.NORMAL);
        order.add(Priority.HIGH);
        for (Priority priority : order) {
            all.add(
                    pool.run(
                            priority,
                            () -> {
                                begun.add(priority);
                                return done();
                            },
                            LONG));
        }

        gate.countDown();

        assertThat(all).allSatisfy(f -> assertThat(f.join()).isEqualTo(done()));
        // Two threads begin side by side, so the first two may be noted in either order.
        assertThat(begun.subList(0, THREADS))
                .containsExactlyInAnyOrder(Priority.HIGH, Priority.NORMAL);
    }

    @Test
    void threadsAreNamed() {
        Result<String> name =
                pool.run(Priority.NORMAL, () -> Result.done(Thread.currentThread().getName()), LONG)
                        .join();

        assertThat(name)
                .isInstanceOfSatisfying(
                        Result.Done.class,
                        done -> assertThat(done.value()).asString().startsWith("image-decoder-"));
    }

    @Test
    void workPastItsLimitIsInterruptedAndItsThreadGoesOn() {
        AtomicBoolean interrupted = new AtomicBoolean();
        Callable<Result<String>> work =
                () -> {
                    try {
                        return waitForGate();
                    } catch (InterruptedException e) {
                        interrupted.set(true);
                        throw e;
                    }
                };

        assertThat(pool.run(Priority.NORMAL, work, SHORT).join()).isEqualTo(expired());

        await().untilTrue(interrupted);
        assertThat(pool.run(Priority.NORMAL, () -> done(), LONG).join()).isEqualTo(done());
        assertThat(pool.threadCount()).isEqualTo(THREADS);
    }

    @Test
    void threadsThatDoNotComeBackAreReplaced() {
        for (int i = 0; i < THREADS; i++) {
            assertThat(pool.run(Priority.NORMAL, this::deaf, SHORT).join()).isEqualTo(expired());
        }

        assertThat(pool.run(Priority.NORMAL, () -> done(), LONG).join()).isEqualTo(done());
        assertThat(pool.threadCount()).isEqualTo(THREADS);
    }

    @Test
    void whatNobodyWaitsForIsNotBegun() {
        AtomicInteger begun = new AtomicInteger();
        for (int i = 0; i < THREADS; i++) {
            var _ = pool.run(Priority.NORMAL, this::waitForGate, LONG);
        }
        CompletableFuture<Result<String>> dropped =
                pool.run(
                        Priority.NORMAL,
                        () -> {
                            begun.incrementAndGet();
                            return done();
                        },
                        LONG);
        dropped.cancel(false);
        gate.countDown();

        assertThat(pool.run(Priority.NORMAL, () -> done(), LONG).join()).isEqualTo(done());
        assertThat(begun).hasValue(0);
    }

    @Test
    void aBugIsAResultAndTheThreadGoesOn() {
        Result<String> result =
                pool.<String>run(
                                Priority.NORMAL,
                                () -> {
                                    throw new IllegalStateException("a bug");
                                },
                                LONG)
                        .join();

        assertThat(result)
                .isEqualTo(
                        Result.failed(ErrorCode.INTERNAL_ERROR, "the image could not be prepared"));
        assertThat(pool.run(Priority.NORMAL, () -> done(), LONG).join()).isEqualTo(done());
    }

    @Test
    void closingAnswersAllThatWaits() {
        List<CompletableFuture<Result<String>>> waiting = new ArrayList<>();
        for (int i = 0; i < THREADS + 3; i++) {
            waiting.add(pool.run(Priority.NORMAL, this::waitForGate, LONG));
        }

        pool.close();
        pool.close();

        Result<String> stopping =
                Result.failed(ErrorCode.WORKER_STOPPING, "the worker is stopping");
        assertThat(waiting).allSatisfy(f -> assertThat(f.join()).isEqualTo(stopping));
        assertThat(pool.run(Priority.NORMAL, () -> done(), LONG).join()).isEqualTo(stopping);
        assertThat(pool.threadCount()).isZero();
    }

    @Test
    void anInterruptedCallerIsTold() {
        for (int i = 0; i < THREADS + PLACES; i++) {
            var _ = pool.run(Priority.NORMAL, this::waitForGate, LONG);
        }
        Thread.currentThread().interrupt();

        Result<String> result = pool.run(Priority.NORMAL, () -> done(), LONG).join();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(result).isEqualTo(Result.cancelled());
    }

    private Result<String> waitForGate() throws InterruptedException {
        gateWaiters.incrementAndGet();
        gate.await();
        return done();
    }

    /** As a native decoder is that is lost in a file. */
    private Result<String> deaf() {
        boolean open = false;
        while (!open) {
            try {
                gate.await();
                open = true;
            } catch (InterruptedException e) {
                open = false;
            }
        }
        return done();
    }

    private static Result<String> done() {
        return Result.done("done");
    }

    private static Result<String> expired() {
        return Result.failed(
                ErrorCode.DEADLINE_EXCEEDED, "the image was not decoded within its time limit");
    }
}
