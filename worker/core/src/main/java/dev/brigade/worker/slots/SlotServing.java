package dev.brigade.worker.slots;

import dev.brigade.contract.serde.AvroWire;
import dev.brigade.contract.topic.TopicCheck;
import dev.brigade.contract.topic.Topics;
import dev.brigade.worker.backend.LoadedModel;
import dev.brigade.worker.backend.TextModel;
import dev.brigade.worker.broker.BrokerWait;
import dev.brigade.worker.chunks.Later;
import dev.brigade.worker.outbox.Outbox;
import dev.brigade.worker.pins.Pins;
import dev.brigade.worker.pool.HostedModel;
import dev.brigade.worker.pool.Serving;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;

/** Serves models by slots: topic and share group first, then as many slots as the model has. */
public final class SlotServing implements Serving {

    private final String workerId;
    private final Map<String, Object> client;
    private final Admin admin;
    private final TopicCheck topics;
    private final AvroWire wire;
    private final Outbox outbox;
    private final OpenAttempts attempts;
    private final Pins pins;
    private final SlotSettings settings;
    private final Clock clock;
    private final Later later;

    /**
     * @param client connection properties, by Kafka's names
     * @param attempts where running attempts are entered, so that cancels find them
     * @param pins where finished attempts hold their model, if their jobs say so
     */
    public SlotServing(
            String workerId,
            Map<String, Object> client,
            Admin admin,
            TopicCheck topics,
            AvroWire wire,
            Outbox outbox,
            OpenAttempts attempts,
            Pins pins,
            SlotSettings settings,
            Clock clock,
            Later later) {
        this.workerId = workerId;
        this.client = Map.copyOf(client);
        this.admin = admin;
        this.topics = topics;
        this.wire = wire;
        this.outbox = outbox;
        this.attempts = attempts;
        this.pins = pins;
        this.settings = settings;
        this.clock = clock;
        this.later = later;
    }

    @Override
    public Served begin(HostedModel hosted, LoadedModel model) throws InterruptedException {
        BrokerWait.untilDone(
                "the topic of model " + hosted.id() + " could not be prepared",
                () -> prepare(hosted.id()));
        TokenSpeed speed = new TokenSpeed(System::nanoTime);
        AttemptReport report = new AttemptReport(outbox, clock);
        AttemptRunner runner =
                new AttemptRunner(
                        (TextModel) model,
                        hosted.config().defaults(),
                        attempts,
                        pins,
                        report,
                        speed,
                        settings.chunkInterval(),
                        System::nanoTime,
                        later);
        List<Slot> slots =
                IntStream.range(0, hosted.spec().slots())
                        .mapToObj(n -> slot(hosted.id(), n, runner, report))
                        .toList();
        SlotGroup group = new SlotGroup(hosted.id(), slots, speed);
        group.start();
        return group;
    }

    private void prepare(String model) {
        topics.ensure(List.of(Topics.modelTopic(model)));
        ShareGroup.configure(admin, Topics.workersGroup(model), settings.lock());
    }

    private Slot slot(String model, int number, AttemptRunner runner, AttemptReport report) {
        String name = "slot-" + model + "-" + number;
        JobIntake intake =
                new JobIntake(
                        workerId,
                        wire,
                        outbox,
                        clock,
                        System::nanoTime,
                        () -> UUID.randomUUID().toString());
        return new Slot(
                name,
                () ->
                        KafkaJobSource.open(
                                client,
                                workerId + "-" + name,
                                Topics.workersGroup(model),
                                Topics.model(model)),
                intake,
                runner,
                report,
                settings.progressInterval());
    }
}
