package dev.brigade.worker.llama;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.contract.error.ErrorCode;
import dev.brigade.demo.scripted.ScriptedModel;
import dev.brigade.worker.backend.Cancellation;
import dev.brigade.worker.backend.Outcome;
import dev.brigade.worker.llama.Answer.Ask;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many requests to one model that never ends by itself. */
class ConcurrencyTest {

    private static final int SLOTS = 4;

    @TempDir private static Path folder;
    private static LlamaModel model;
    private static ExecutorService callers;

    @BeforeAll
    static void load() throws Exception {
        model =
                TestingModels.load(
                        ScriptedModel.repeating("abcdefgh").slowedBy(2), folder, 4096, SLOTS);
        callers = Executors.newFixedThreadPool(2 * SLOTS);
    }

    @AfterAll
    static void close() {
        callers.shutdownNow();
        model.close();
    }

    @Test
    void asManyRequestsAsSlotsRunAtOnceAndEachIsRight() throws Exception {
        CountDownLatch allRunning = new CountDownLatch(SLOTS);
        List<Future<Answer>> answers = new ArrayList<>();
        for (int i = 0; i < SLOTS; i++) {
            int tokens = 100 + 8 * i;
            answers.add(
                    callers.submit(() ->
                            Answer.of(
                                    model,
                                    Ask.raw("p".repeat(tokens)).max(tokens),
                                    new Cancellation(),
                                    Answer.LONG,
                                    waitOnceFor(allRunning))));
        }
        for (int i = 0; i < SLOTS; i++) {
            Answer answer = answers.get(i).get(60, TimeUnit.SECONDS);
            int tokens = 100 + 8 * i;
            assertThat(answer.text()).isEqualTo("abcdefgh".repeat(20).substring(0, tokens));
            assertThat(answer.finished().usage().completionTokens()).isEqualTo(tokens);
            assertThat(answer.finished().usage().promptTokens()).isEqualTo(tokens);
        }
        assertThat(allRunning.getCount()).as("all were running at once").isZero();
    }

    @Test
    void moreRequestsThanSlotsWaitTheirTurn() throws Exception {
        List<Future<Answer>> answers = new ArrayList<>();
        for (int i = 0; i < 2 * SLOTS; i++) {
            answers.add(callers.submit(() -> Answer.of(model, Ask.raw("p").max(16))));
        }
        for (Future<Answer> answer : answers) {
            assertThat(answer.get(60, TimeUnit.SECONDS).text()).isEqualTo("abcdefghabcdefgh");
        }
    }

    @Test
    void aCancelEndsARequestWithinAFewTokensAndItsSlotIsUsedAgain() {
        for (int i = 0; i < 3 * SLOTS; i++) {
            Cancellation cancellation = new Cancellation();
            AtomicInteger seen = new AtomicInteger();
            long start = System.nanoTime();
            Answer answer =
                    Answer.of(
                            model,
                            Ask.raw("p"),
                            cancellation,
                            Answer.LONG,
                            (text, tokens) -> {
                                if (seen.addAndGet(tokens) >= 5) {
                                    cancellation.cancel();
                                }
                                return true;
                            });
            assertThat(answer.outcome()).isInstanceOf(Outcome.Cancelled.class);
            int generated = ((Outcome.Cancelled) answer.outcome()).usage().completionTokens();
            assertThat(generated).isBetween(5, 1_000);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Answer.LONG);
        }
    }

    @Test
    void aSinkThatHasEnoughCancels() {
        Answer answer =
                Answer.of(
                        model,
                        Ask.raw("p"),
                        new Cancellation(),
                        Answer.LONG,
                        (text, tokens) -> false);
        assertThat(answer.outcome()).isInstanceOf(Outcome.Cancelled.class);
        assertThat(answer.pieces()).hasSize(1);
    }

    @Test
    void theLimitEndsARequest() {
        Answer answer =
                Answer.of(
                        model,
                        Ask.raw("p"),
                        new Cancellation(),
                        Duration.ofMillis(300),
                        (text, tokens) -> true);
        assertThat(answer.failed().code()).isEqualTo(ErrorCode.DEADLINE_EXCEEDED);
        assertThat(answer.failed().crashed()).isFalse();
    }

    @Test
    void aSlowSinkHoldsUpNobodyElse() throws Exception {
        CountDownLatch blocked = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        Future<Answer> slow =
                callers.submit(() ->
                        Answer.of(
                                model,
                                Ask.raw("p").max(600),
                                new Cancellation(),
                                Answer.LONG,
                                (text, tokens) -> {
                                    blocked.countDown();
                                    return await(release);
                                }));
        assertThat(blocked.await(20, TimeUnit.SECONDS)).isTrue();
        for (int i = 0; i < 5; i++) {
            assertThat(Answer.of(model, Ask.raw("p").max(64)).text()).hasSize(64);
        }
        release.countDown();
        assertThat(slow.get(30, TimeUnit.SECONDS).text()).isEqualTo("abcdefgh".repeat(75));
    }

    private static dev.brigade.worker.backend.TokenSink waitOnceFor(CountDownLatch all) {
        AtomicInteger calls = new AtomicInteger();
        return (text, tokens) -> {
            if (calls.getAndIncrement() == 0) {
                all.countDown();
                return await(all);
            }
            return true;
        };
    }

    private static boolean await(CountDownLatch latch) {
        try {
            return latch.await(20, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
