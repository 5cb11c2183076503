package dev.brigade.worker;

import dev.brigade.config.process.HealthEndpoint.Readiness;
import dev.brigade.worker.pool.ModelStatus;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A worker: takes jobs for its models from Kafka, and publishes what becomes of them. It starts in
 * the background, since the broker may come up later than the worker.
 */
public final class Worker implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Worker.class);
    private static final Duration STARTER_LIMIT = Duration.ofSeconds(5);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(3);

    private final WorkerSettings settings;
    private final WorkerTools tools;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private final AtomicBoolean closing = new AtomicBoolean();
    private final Thread starter =
            Thread.ofPlatform().name("worker-start").unstarted(this::startParts);
    private volatile @Nullable WorkerParts parts;
    private volatile boolean running;

    /** A worker that does nothing yet. */
    public Worker(WorkerSettings settings, WorkerTools tools) {
        this.settings = settings;
        this.tools = tools;
    }

    /** Begins to start; returns at once. */
    public void start() {
        starter.start();
    }

    /** Done when the worker was drained; failed when it cannot start. */
    public CompletableFuture<Void> ended() {
        return ended.copy();
    }

    /** Whether it can work: every model to be loaded at the start has settled, and one is ready. */
    public Readiness readiness() {
        WorkerParts present = parts;
        if (!running || present == null) {
            return new Readiness.NotReady("waiting for Kafka");
        }
        List<ModelStatus> wanted =
                present.pool().statuses().stream()
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
            if (starter.isAlive()) {
                starter.interrupt();
                starter.join(STARTER_LIMIT);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        WorkerParts present = parts;
        if (present != null) {
            present.close(settings.stopGrace());
        }
        LOG.info("worker {} has ended", settings.workerId());
    }

    private void startParts() {
        try {
            WorkerParts connected = connect();
            parts = connected;
            connected.start();
            running = true;
            LOG.info("worker {} has started", settings.workerId());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            ended.completeExceptionally(e);
        }
    }

    /** Connects; a broker's name that cannot be resolved may be known later. */
    private WorkerParts connect() throws InterruptedException {
        while (true) {
            try {
                return WorkerParts.connect(settings, tools, this::drain);
            } catch (KafkaException e) {
                if (!(e.getCause() instanceof ConfigException unresolved)) {
                    throw e;
                }
                LOG.warn("no connection to Kafka; trying on: {}", unresolved.getMessage());
                TimeUnit.MILLISECONDS.sleep(RETRY_AFTER.toMillis());
            }
        }
    }

    private void drain() {
        Thread.ofPlatform().name("worker-drain").start(this::awaitDrained);
    }

    private void awaitDrained() {
        LOG.info("worker {} takes no new jobs and ends", settings.workerId());
        WorkerParts present = parts;
        try {
            if (present != null) {
                present.pool().end(settings.drainGrace());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        ended.complete(null);
    }
}
