package dev.brigade.worker;

import dev.brigade.config.process.HealthEndpoint.Readiness;
import dev.brigade.contract.serde.AvroWire;
import dev.brigade.contract.topic.TopicCheck;
import dev.brigade.contract.topic.Topics;
import dev.brigade.worker.chunks.Later;
import dev.brigade.worker.control.ControlListener;
import dev.brigade.worker.outbox.KafkaOutbox;
import dev.brigade.worker.pool.Backends;
import dev.brigade.worker.pool.ModelPool;
import dev.brigade.worker.pool.ModelStatus;
import dev.brigade.worker.presence.Heartbeat;
import dev.brigade.worker.presence.Presence;
import dev.brigade.worker.slots.OpenAttempts;
import dev.brigade.worker.slots.SlotServing;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A worker: takes jobs for its models from Kafka, and publishes what becomes of them.
 *
 * <p>Starting goes on in the background, since the broker may come up later than the worker. Ending
 * goes in reverse: no new commands, no new jobs, running jobs to their end or given back, then the
 * word that the worker has left.
 */
public final class Worker implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Worker.class);
    private static final Duration KAFKA_LIMIT = Duration.ofSeconds(15);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);

    private final WorkerSettings settings;
    private final Admin admin;
    private final TopicCheck topics;
    private final KafkaOutbox outbox;
    private final ScheduledExecutorService timer;
    private final ModelPool pool;
    private final Presence presence;
    private final ControlListener control;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private final AtomicBoolean closing = new AtomicBoolean();
    private final Thread starter =
            Thread.ofPlatform().name("worker-start").unstarted(this::startParts);
    private volatile boolean running;

    /** A worker that does nothing yet. */
    public Worker(WorkerSettings settings, Backends backends, AvroWire wire, Clock clock) {
        this.settings = settings;
        String id = settings.workerId();
        Map<String, Object> client = settings.client();
        this.admin = Admin.create(client);
        this.topics = new TopicCheck(admin, Optional.empty(), KAFKA_LIMIT);
        this.outbox = KafkaOutbox.connect(client, id + "-outbox", wire);
        this.timer =
                Executors.newSingleThreadScheduledExecutor(
                        Thread.ofPlatform().daemon().name("chunk-timer").factory());
        OpenAttempts attempts = new OpenAttempts();
        SlotServing serving =
                new SlotServing(
                        id,
                        client,
                        admin,
                        topics,
                        wire,
                        outbox,
                        attempts,
                        settings.slots(),
                        clock,
                        later());
        Heartbeat heartbeat = new Heartbeat(id, settings.host(), clock.millis());
        this.pool =
                new ModelPool(settings.models(), backends, serving, settings.pool(), this::changed);
        this.presence =
                new Presence(
                        heartbeat,
                        pool::statuses,
                        outbox,
                        clock,
                        settings.heartbeat(),
                        settings.ttl());
        this.control =
                new ControlListener(
                        id,
                        client,
                        wire,
                        new WorkerOrders(attempts, pool, heartbeat, this::changed, this::drain),
                        clock);
    }

    /** Begins to start; returns at once. */
    public void start() {
        starter.start();
    }

    /** Done when the worker was drained; failed when it could not start. */
    public CompletableFuture<Void> ended() {
        return ended.copy();
    }

    /** Whether it can work: every model to be loaded at the start has settled, and one is ready. */
    public Readiness readiness() {
        if (!running) {
            return new Readiness.NotReady("waiting for Kafka");
        }
        List<ModelStatus> wanted =
                pool.statuses().stream()
                        .filter(status -> settings.preload().contains(status.id()))
                        .toList();
        return ModelReadiness.of(wanted);
    }

    /** Ends in order, within the grace period and some seconds. Idempotent. */
    @Override
    public void close() {
        if (!closing.compareAndSet(false, true)) {
            return;
        }
        try {
            starter.interrupt();
            if (starter.isAlive()) {
                starter.join(CLOSE_LIMIT);
            }
            control.close();
            pool.end(settings.stopGrace());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            presence.close();
            outbox.close();
            timer.shutdownNow();
            admin.close(CLOSE_LIMIT);
            LOG.info("worker {} has ended", settings.workerId());
        }
    }

    private void startParts() {
        try {
            BrokerWait.await(
                    admin,
                    String.valueOf(
                            settings.client().get(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG)));
            topics.ensure(Topics.catalogue(settings.partitions()));
            presence.start();
            control.start();
            pool.start();
            settings.preload().forEach(this::preload);
            running = true;
            LOG.info("worker {} has started", settings.workerId());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            ended.completeExceptionally(e);
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

    private void drain() {
        Thread.ofPlatform()
                .name("worker-drain")
                .start(() -> {
                    LOG.info("worker {} takes no new jobs and ends", settings.workerId());
                    try {
                        pool.end(settings.drainGrace());
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    ended.complete(null);
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
