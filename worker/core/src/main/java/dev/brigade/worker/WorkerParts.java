package dev.brigade.worker;

import dev.brigade.contract.topic.TopicCheck;
import dev.brigade.contract.topic.Topics;
import dev.brigade.worker.broker.BrokerWait;
import dev.brigade.worker.calls.CallTools;
import dev.brigade.worker.chunks.Later;
import dev.brigade.worker.control.ControlListener;
import dev.brigade.worker.images.ImageDesk;
import dev.brigade.worker.outbox.KafkaOutbox;
import dev.brigade.worker.pins.Pins;
import dev.brigade.worker.pool.ModelPool;
import dev.brigade.worker.presence.Heartbeat;
import dev.brigade.worker.presence.Presence;
import dev.brigade.worker.slots.JobTopics;
import dev.brigade.worker.slots.OpenAttempts;
import dev.brigade.worker.slots.SlotServing;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The parts of a worker, in the order in which they start. They end in reverse: no new commands, no
 * new jobs, running jobs to their end or given back, then the word that the worker has left.
 */
final class WorkerParts {

    private static final Logger LOG = LoggerFactory.getLogger(WorkerParts.class);
    private static final Duration KAFKA_LIMIT = Duration.ofSeconds(15);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(2);

    private final WorkerSettings settings;
    private final Admin admin;
    private final KafkaOutbox outbox;
    private final ImageDesk desk;
    private final TopicCheck topics;
    private final ScheduledExecutorService timer;
    private final ModelPool pool;
    private final Presence presence;
    private final ControlListener control;

    private WorkerParts(
            WorkerSettings settings,
            WorkerTools tools,
            Admin admin,
            KafkaOutbox outbox,
            ImageDesk desk,
            Runnable drain) {
        this.settings = settings;
        this.admin = admin;
        this.outbox = outbox;
        this.desk = desk;
        this.topics = new TopicCheck(admin, Optional.empty(), KAFKA_LIMIT);
        this.timer =
                Executors.newSingleThreadScheduledExecutor(
                        Thread.ofPlatform().daemon().name("chunk-timer").factory());
        String id = settings.workerId();
        Clock clock = tools.clock();
        OpenAttempts attempts = new OpenAttempts();
        Pins pins = new Pins(settings.pool().maxPins(), System::nanoTime);
        SlotServing serving =
                new SlotServing(
                        new JobTopics(
                                id, settings.client(), admin, topics, tools.wire(), outbox, clock),
                        attempts,
                        pins,
                        new CallTools(desk, tools.payloads()),
                        settings.slots(),
                        tools.meters(),
                        later());
        Heartbeat heartbeat = new Heartbeat(id, settings.host(), clock.millis());
        this.pool =
                new ModelPool(
                        settings.models(),
                        tools.backends(),
                        serving,
                        pins,
                        settings.pool(),
                        tools.meters(),
                        this::changed);
        this.presence =
                new Presence(
                        heartbeat,
                        pool::statuses,
                        outbox,
                        clock,
                        settings.heartbeat(),
                        settings.ttl());
        WorkerOrders orders =
                new WorkerOrders(attempts, pins, pool, heartbeat, this::changed, drain);
        this.control = new ControlListener(id, settings.client(), tools.wire(), orders, clock);
    }

    /**
     * Connects.
     *
     * @param drain called when the worker is told to drain
     * @throws org.apache.kafka.common.KafkaException when the connection properties are wrong, or
     *     no broker's name can be resolved
     */
    static WorkerParts connect(WorkerSettings settings, WorkerTools tools, Runnable drain) {
        Map<String, Object> client = settings.client();
        Admin admin = Admin.create(client);
        try {
            KafkaOutbox outbox =
                    KafkaOutbox.connect(client, settings.workerId() + "-outbox", tools.wire());
            ImageDesk desk = new ImageDesk(settings.images(), tools.payloads(), tools.meters());
            return new WorkerParts(settings, tools, admin, outbox, desk, drain);
        } catch (RuntimeException e) {
            admin.close(Duration.ZERO);
            throw e;
        }
    }

    /** Starts them, as soon as the broker answers. */
    void start() throws InterruptedException {
        String servers =
                String.valueOf(settings.client().get(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG));
        BrokerWait.await(admin, servers);
        BrokerWait.untilDone(
                "the topics at " + servers + " could not be checked",
                () -> topics.ensure(Topics.catalogue(settings.partitions())));
        presence.start();
        control.start();
        pool.start();
        settings.preload().forEach(this::preload);
    }

    ModelPool pool() {
        return pool;
    }

    /** Ends them within the grace period and some seconds. */
    void close(Duration grace) {
        control.close();
        try {
            pool.end(grace);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            desk.close();
            presence.close();
            outbox.close();
            timer.shutdownNow();
            admin.close(CLOSE_LIMIT);
        }
    }

    private void preload(String id) {
        var _ =
                pool.load(id)
                        .whenComplete((_, failure) -> {
                            if (failure != null) {
                                LOG.error("preloading {} failed", id, failure);
                            }
                        });
    }

    private void changed() {
        presence.changed();
    }

    private Later later() {
        return (delay, action) -> {
            var _ = timer.schedule(action, delay.toNanos(), TimeUnit.NANOSECONDS);
        };
    }
}
