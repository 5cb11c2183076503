package dev.brigade.worker.control;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.brigade.contract.topic.Topics;
import dev.brigade.schema.CancelAttempt;
import dev.brigade.schema.Compensation;
import dev.brigade.schema.ControlCommand;
import dev.brigade.schema.DrainWorker;
import dev.brigade.schema.LoadModel;
import dev.brigade.schema.RefundTokens;
import dev.brigade.schema.ReleasePins;
import dev.brigade.schema.ReleaseState;
import dev.brigade.schema.UnloadModel;
import dev.brigade.schema.Usage;
import dev.brigade.worker.testing.Deliveries;
import dev.brigade.worker.testing.Jobs;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ControlListenerTest {

    private static final long COMMANDS_BEFORE = 3;
    private static final long COMPENSATIONS_BEFORE = 2;

    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final TestingConsumers consumers =
            new TestingConsumers(COMMANDS_BEFORE, COMPENSATIONS_BEFORE);
    private final ControlListener listener =
            new ControlListener(
                    "w", Deliveries.WIRE, new Heard(), Clock.systemUTC(), consumers::open);

    @AfterEach
    void end() {
        listener.close();
    }

    @Test
    void everyCommandIsCarriedOut() {
        listener.start();
        command(3, null, new CancelAttempt("r1", null, null));
        command(4, null, new ReleasePins("r1"));
        command(5, "w", new LoadModel("m"));
        command(6, "w", new UnloadModel("m"));
        command(7, null, new DrainWorker("w"));

        awaitHeard("cancel r1", "release r1", "load m", "unload m", "drain");
    }

    @Test
    void whatIsForAnotherWorkerIsPassedOver() {
        listener.start();
        command(3, "other", new LoadModel("m"));
        command(4, null, new DrainWorker("other"));
        command(5, null, new ReleasePins("last"));

        awaitHeard("release last");
    }

    @Test
    void ofTheCommandsBeforeTheStartOnlyCancelsCount() {
        consumers.lookBackTo(1);
        command(1, null, new ReleasePins("r1"));
        command(2, null, new CancelAttempt("r2", null, null));
        listener.start();
        command(3, null, new ReleasePins("last"));

        awaitHeard("cancel r2", "release last");
    }

    @Test
    void aCompensationThatReleasesStateReleasesThePinOfItsStage() {
        listener.start();
        compensation(2, "draft", new RefundTokens(new Usage(1, 2), null), new ReleaseState("m"));
        compensation(3, "refine", new RefundTokens(new Usage(1, 2), null));
        compensation(4, "last", new ReleaseState("m"));

        awaitHeard("release r1 draft", "release r1 last");
    }

    @Test
    void compensationsBeforeTheStartAreNotRead() {
        compensation(1, "old", new ReleaseState("m"));
        listener.start();
        compensation(2, "new", new ReleaseState("m"));

        awaitHeard("release r1 new");
    }

    @Test
    void whatIsNoCommandAndNoCompensationHarmsNobody() {
        listener.start();
        record(Topics.CONTROL, 3, "nonsense".getBytes(UTF_8));
        record(Topics.COMPENSATIONS, 2, null);
        record(Topics.COMPENSATIONS, 3, Deliveries.WIRE.encode(Jobs.chat("r1")));
        compensation(4, "draft", new ReleaseState("m"));
        command(4, null, new ReleasePins("last"));

        await().until(() -> heard.size() == 2);
        assertThat(heard).containsExactlyInAnyOrder("release r1 draft", "release last");
    }

    @Test
    void aConsumerThatIsOpenedAgainGoesOnWhereTheLostOneWas() {
        listener.start();
        compensation(2, "first", new ReleaseState("m"));
        awaitHeard("release r1 first");

        consumers.lose();
        compensation(3, "second", new ReleaseState("m"));
        command(3, null, new ReleasePins("r2"));

        await().until(() -> heard.size() == 3);
        assertThat(heard)
                .containsExactlyInAnyOrder("release r1 first", "release r1 second", "release r2");
    }

    private void awaitHeard(String... all) {
        await().until(() -> heard.size() >= all.length);
        assertThat(heard).containsExactly(all);
    }

    private void command(long offset, @Nullable String worker, Object command) {
        record(
                Topics.CONTROL,
                offset,
                Deliveries.WIRE.encode(new ControlCommand("c" + offset, worker, 1L, command)));
    }

    private void compensation(long offset, String stage, Object... actions) {
        Compensation compensation =
                Compensation.newBuilder()
                        .setCompensationId("r1/" + stage)
                        .setRequestId("r1")
                        .setStage(stage)
                        .setModel("m")
                        .setOrder(0)
                        .setAttempt(1)
                        .setReason("failed")
                        .setAt(1)
                        .setHomePartition(0)
                        .setTenant("tenant")
                        .setActions(List.of(actions))
                        .build();
        record(Topics.COMPENSATIONS, offset, Deliveries.WIRE.encode(compensation));
    }

    private void record(String topic, long offset, byte @Nullable [] value) {
        consumers.add(new ConsumerRecord<>(topic, 0, offset, new byte[0], value));
    }

    /** Writes down what it is told. */
    private final class Heard implements Orders {

        @Override
        public void cancel(CancelAttempt cancel) {
            heard.add("cancel " + cancel.getRequestId());
        }

        @Override
        public void release(String requestId) {
            heard.add("release " + requestId);
        }

        @Override
        public void release(String requestId, String stage) {
            heard.add("release " + requestId + " " + stage);
        }

        @Override
        public void load(ControlCommand command, String model) {
            heard.add("load " + model);
        }

        @Override
        public void unload(ControlCommand command, String model) {
            heard.add("unload " + model);
        }

        @Override
        public void drain(ControlCommand command) {
            heard.add("drain");
        }
    }
}
