package dev.brigade.worker.slots;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.brigade.config.ModelConfig.SamplingDefaults;
import dev.brigade.schema.AttemptFailed;
import dev.brigade.schema.AttemptFinished;
import dev.brigade.schema.AttemptProgressed;
import dev.brigade.worker.pins.Pins;
import dev.brigade.worker.testing.Deliveries;
import dev.brigade.worker.testing.Jobs;
import dev.brigade.worker.testing.TestingModel;
import dev.brigade.worker.testing.TestingOutbox;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class SlotTest {

    private final TestingOutbox outbox = new TestingOutbox();
    private final OpenAttempts attempts = new OpenAttempts();
    private final TestingJobSource source = new TestingJobSource();
    private SlotGroup group = new SlotGroup("demo", List.of(), new TokenSpeed(() -> 0));

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

    private void put(String requestId) {
        source.put(
                new Delivery(Deliveries.of(Jobs.chat(requestId), System.currentTimeMillis(), 1)));
    }

    private void start(TestingModel model) {
        AttemptReport report = new AttemptReport(outbox, Clock.systemUTC());
        TokenSpeed speed = new TokenSpeed(System::nanoTime);
        AttemptRunner runner =
                new AttemptRunner(
                        model,
                        SamplingDefaults.NONE,
                        attempts,
                        new Pins(1, System::nanoTime),
                        report,
                        speed,
                        Duration.ZERO,
                        System::nanoTime,
                        (delay, action) -> {});
        JobIntake intake =
                new JobIntake(
                        "w",
                        Deliveries.WIRE,
                        outbox,
                        Clock.systemUTC(),
                        System::nanoTime,
                        () -> UUID.randomUUID().toString());
        Slot slot =
                new Slot(
                        "slot-demo-0", source::open, intake, runner, report, Duration.ofMillis(50));
        group = new SlotGroup("demo", List.of(slot), speed);
        group.start();
    }
}
