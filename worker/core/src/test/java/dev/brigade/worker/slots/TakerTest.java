package dev.brigade.worker.slots;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.brigade.config.ModelConfig.SamplingDefaults;
import dev.brigade.schema.AttemptFailed;
import dev.brigade.schema.AttemptFinished;
import dev.brigade.schema.AttemptProgressed;
import dev.brigade.schema.JobDone;
import dev.brigade.worker.backend.Outcome;
import dev.brigade.worker.calls.ModelCalls;
import dev.brigade.worker.pins.Pins;
import dev.brigade.worker.testing.Deliveries;
import dev.brigade.worker.testing.Hosted;
import dev.brigade.worker.testing.Jobs;
import dev.brigade.worker.testing.TestingModel;
import dev.brigade.worker.testing.TestingOutbox;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class TakerTest {

    private final TestingOutbox outbox = new TestingOutbox();
    private final OpenAttempts attempts = new OpenAttempts();
    private final TestingTopic source = new TestingTopic();
    private SlotGroup group =
            group(List.of(), number -> taker(runner(TestingModel.saying()), number, 1));

    @AfterEach
    void end() throws InterruptedException {
        group.end(Duration.ZERO);
    }

    @Test
    void aJobIsRunAndAccepted() {
        start(TestingModel.saying("hi"));

        put("r1");

        await().until(() -> source.settled().equals(List.of(Settlement.ACCEPT)));
        assertThat(outbox.written(AttemptFinished.class)).hasSize(1);
        await().until(() -> group.running() == 0);
    }

    @Test
    void oneJobAfterAnotherIsRun() {
        start(TestingModel.saying("hi"));

        put("r1");
        put("r2");

        await().until(() -> source.settled().size() == 2);
        assertThat(source.opened()).isEqualTo(1);
    }

    @Test
    void aRunningJobIsRenewedAndSaysThatItProgresses() {
        start(TestingModel.hanging());

        put("r1");

        await().until(() -> source.renewals() >= 3);
        await().until(() -> outbox.written(AttemptProgressed.class).size() >= 2);
        assertThat(group.running()).isEqualTo(1);
        assertThat(outbox.written(AttemptProgressed.class).getFirst().getCompletionTokens())
                .isEqualTo(1);
    }

    @Test
    void aLostLockEndsTheJobSilentlyAndOpensANewConsumer() {
        start(TestingModel.hanging());
        source.loseLock();

        put("r1");

        await().until(() -> source.settled().equals(List.of(Settlement.FORGET)));
        await().until(() -> source.opened() == 2 && source.closed() == 1);
        assertThat(outbox.written(AttemptFailed.class)).isEmpty();
    }

    @Test
    void aConsumerThatFailsIsReplaced() {
        source.failPolls(true);
        start(TestingModel.saying("hi"));
        await().until(() -> source.closed() >= 1);

        source.failPolls(false);
        put("r1");

        await().until(() -> source.settled().equals(List.of(Settlement.ACCEPT)));
        assertThat(source.opened()).isGreaterThanOrEqualTo(2);
    }

    @Test
    void anEndingSlotLetsItsJobFinishWithinTheGracePeriod() throws Exception {
        TestingModel model = TestingModel.hanging();
        start(model);
        put("r1");
        await().until(() -> group.running() == 1);

        group.end(Duration.ofMillis(50));

        assertThat(source.settled()).containsExactly(Settlement.ACCEPT);
        assertThat(outbox.written(AttemptFailed.class).getFirst().getCode())
                .isEqualTo("worker_stopping");
        assertThat(source.closed()).isEqualTo(1);
    }

    @Test
    void anEndedSlotTakesNothingMore() throws Exception {
        start(TestingModel.saying("hi"));
        await().until(() -> source.opened() == 1);

        group.end(Duration.ofSeconds(5));
        put("r1");

        assertThat(source.closed()).isEqualTo(1);
        assertThat(source.settled()).isEmpty();
    }

    @Test
    void jobsOfOneTakerRunSideBySideAndEachIsSettledWhenItEnds() {
        CountDownLatch slow = new CountDownLatch(1);
        start(new TestingModel(endingWith("slow", slow)), 4);

        put("slow");
        put("r1");
        put("r2");
        put("r3");

        await().until(() -> source.settled().size() == 3);
        await().until(() -> group.running() == 1);
        assertThat(outbox.written(JobDone.class)).hasSize(3);
        slow.countDown();
        await().until(() -> source.settled().size() == 4);
        assertThat(source.settled()).containsOnly(Settlement.ACCEPT);
    }

    @Test
    void noMoreJobsRunThanThereAreSlots() {
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch all = new CountDownLatch(1);
        TestingModel model =
                new TestingModel((request, sink, cancellation) -> {
                    most.accumulateAndGet(running.incrementAndGet(), Math::max);
                    Outcome outcome = endingWith("r", all).generate(request, sink, cancellation);
                    running.decrementAndGet();
                    return outcome;
                });
        start(model, 3, 2);

        IntStream.range(0, 40).forEach(n -> put("r" + n));

        await().until(() -> group.running() == 5);
        all.countDown();
        await().until(() -> source.settled().size() == 40);
        assertThat(most.get()).isEqualTo(5);
    }

    @Test
    void aJobThatComesWhileEveryTakerIsHeldUpIsTakenByASpareOne() {
        CountDownLatch slow = new CountDownLatch(1);
        start(new TestingModel(endingWith("slow", slow)), 2, 2);
        put("slow");
        await().until(() -> group.running() == 1);
        put("slow");
        await().until(() -> group.running() == 2);

        put("r1");
        put("r2");
        await().until(() -> source.settled().size() == 2);

        put("slow");
        put("slow");
        await().until(() -> group.running() == 4);
        assertThat(group.slots()).isEqualTo(4);
        slow.countDown();
        await().until(() -> source.settled().size() == 6);
    }

    @Test
    void whatCannotBeSettledHoldsUpNoneOfTheOthersAndIsLeftToTheNextSource() {
        source.failSettles(true);
        start(TestingModel.saying("hi"), 2);

        put("r1");
        put("r2");

        await().until(() -> outbox.written(AttemptFinished.class).size() == 2);
        await().until(() -> source.closed() >= 1 && group.running() == 0);
        source.failSettles(false);
        put("r3");
        await().until(() -> source.settled().equals(List.of(Settlement.ACCEPT)));
    }

    @Test
    void anEndingTakerGivesAllItsJobsBack() throws Exception {
        start(TestingModel.hanging(), 3);
        put("r1");
        put("r2");
        put("r3");
        await().until(() -> group.running() == 3);

        group.end(Duration.ZERO);

        assertThat(outbox.written(AttemptFailed.class))
                .extracting(AttemptFailed::getCode)
                .containsExactly("worker_stopping", "worker_stopping", "worker_stopping");
        assertThat(source.settled()).hasSize(3).containsOnly(Settlement.ACCEPT);
    }

    @Test
    void poisonBesideGoodJobsBecomesADeadLetter() {
        start(TestingModel.saying("hi"), 3);

        put("r1");
        source.put(new Delivery(Deliveries.of(new byte[] {1, 2}, 0, 1)));
        put("r2");

        await().until(() -> source.settled().size() == 3);
        assertThat(outbox.written(TestingOutbox.DeadLetter.class)).hasSize(1);
        assertThat(outbox.written(AttemptFinished.class)).hasSize(2);
    }

    @Test
    void takersShareAllSlots() {
        assertThat(TakerMaker.sizes(32, 4)).containsExactly(8, 8, 8, 8);
        assertThat(TakerMaker.sizes(10, 4)).containsExactly(3, 3, 2, 2);
        assertThat(TakerMaker.sizes(3, 4)).containsExactly(1, 1, 1);
        assertThat(TakerMaker.sizes(5, 5)).containsExactly(1, 1, 1, 1, 1);
    }

    /** A model that says nothing, and in calls of one request only when the latch lets it. */
    private static TestingModel.Generation endingWith(String requestId, CountDownLatch latch) {
        return (request, sink, cancellation) -> {
            try {
                if (request.id().startsWith(requestId)) {
                    latch.await();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return new Outcome.Finished(Outcome.Reason.STOP, TestingModel.usage(0));
        };
    }

    private void put(String requestId) {
        source.put(
                new Delivery(Deliveries.of(Jobs.chat(requestId), System.currentTimeMillis(), 1)));
    }

    private void start(TestingModel model) {
        start(model, 1);
    }

    /** Starts takers of so many jobs each. */
    private void start(TestingModel model, int... sizes) {
        AttemptRunner runner = runner(model);
        List<Taker> takers =
                IntStream.range(0, sizes.length)
                        .mapToObj(number -> taker(runner, number, sizes[number]))
                        .toList();
        group = group(takers, number -> taker(runner, number, 1));
        group.start();
    }

    private static SlotGroup group(List<Taker> takers, IntFunction<Taker> spares) {
        int slots = takers.stream().mapToInt(Taker::size).sum();
        return new SlotGroup(
                "demo", slots, takers, spares, new TokenSpeed(System::nanoTime), () -> {});
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
        return new AttemptRunner(
                model, works, attempts, new Pins(1, System::nanoTime), report, System::nanoTime);
    }

    private Taker taker(AttemptRunner runner, int number, int size) {
        JobIntake intake =
                new JobIntake(
                        "w",
                        Deliveries.WIRE,
                        outbox,
                        Clock.systemUTC(),
                        System::nanoTime,
                        () -> UUID.randomUUID().toString());
        return new Taker(
                "slot-demo-" + number,
                size,
                Duration.ofDays(1),
                () -> source.open(size),
                intake,
                runner,
                new AttemptReport(outbox, Clock.systemUTC()),
                Duration.ofMillis(50));
    }
}
