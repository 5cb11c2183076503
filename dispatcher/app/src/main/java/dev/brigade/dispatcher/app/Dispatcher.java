package dev.brigade.dispatcher.app;

import dev.brigade.config.ModelConfig;
import dev.brigade.config.ModelsConfig;
import dev.brigade.config.OrchestrationConfig;
import dev.brigade.config.PresetsConfig;
import dev.brigade.config.PromptsConfig;
import dev.brigade.config.RoutingConfig;
import dev.brigade.config.process.HealthEndpoint;
import dev.brigade.config.process.HealthEndpoint.Readiness;
import dev.brigade.contract.serde.AvroWire;
import dev.brigade.contract.serde.SchemaRegistry;
import dev.brigade.contract.topic.TopicCheck;
import dev.brigade.contract.topic.TopicMismatchException;
import dev.brigade.contract.topic.Topics;
import dev.brigade.dispatcher.app.meters.DispatcherMeters;
import dev.brigade.dispatcher.app.meters.StreamsMeters;
import dev.brigade.dispatcher.app.topology.DispatcherTopology;
import dev.brigade.dispatcher.app.topology.ForeignTopics;
import dev.brigade.dispatcher.planning.Planner;
import dev.brigade.dispatcher.routing.Router;
import dev.brigade.dispatcher.routing.RoutingPolicy;
import dev.brigade.dispatcher.saga.RequestMachine;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Owns the Kafka Streams application: waits for Kafka, checks the topics, starts it, tells how it
 * is, and stops it. A stream thread that fails is replaced; its transaction is aborted, and its
 * tasks start again from what was committed.
 */
final class Dispatcher implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);
    private static final Duration KAFKA_TIMEOUT = Duration.ofSeconds(15);
    private static final Duration RETRY = Duration.ofSeconds(3);
    private static final Duration STOP = Duration.ofSeconds(6);
    private static final Duration STARTER_LIMIT = Duration.ofSeconds(2);
    private static final long MIN_KEPT_BYTES = 4L << 20;

    private final DispatcherSettings settings;
    private final AvroWire wire;
    private final RequestMachine machine;
    private final Map<String, Integer> prefetch;
    private final Admin admin;
    private final PrometheusMeterRegistry meters;
    private final DispatcherMeters counts;
    private final HealthEndpoint health;
    private final Thread starter;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private volatile @Nullable KafkaStreams streams;

    /**
     * Reads the configuration; starts nothing but the health endpoint.
     *
     * @throws dev.brigade.config.ConfigException naming file or variable, property and what is
     *     allowed
     * @throws StartFailure when the health port is taken
     */
    Dispatcher(DispatcherSettings settings) {
        this.settings = settings;
        wire = new AvroWire(SchemaRegistry.of(settings.registry()));
        machine = machine(settings, System.getenv());
        prefetch = prefetch(settings.configDir().resolve("models.yaml"));
        meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        counts = new DispatcherMeters(meters);
        bindMeters();
        health = listen();
        admin = Admin.create(adminProperties());
        starter = Thread.ofPlatform().name("dispatcher-start").unstarted(this::startStreams);
    }

    /** Starts in the background. */
    void start() {
        starter.start();
    }

    /** Done when it has been closed; fails when it cannot start. */
    CompletableFuture<Void> ended() {
        return ended;
    }

    /** Stops within 10 s. Idempotent. */
    @Override
    public synchronized void close() {
        if (stopping.getCount() == 0) {
            return;
        }
        stopping.countDown();
        try {
            if (starter.isAlive()) {
                starter.join(STARTER_LIMIT);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        KafkaStreams present = streams;
        if (present != null) {
            present.close(STOP);
        }
        admin.close(Duration.ofSeconds(1));
        health.close();
        meters.close();
        ended.complete(null);
        LOG.info("dispatcher has ended");
    }

    private void startStreams() {
        try {
            if (awaitTopics()) {
                KafkaStreams started = new KafkaStreams(topology(), StreamsSettings.of(settings));
                started.setUncaughtExceptionHandler(failure -> {
                    LOG.error("a stream thread failed and is replaced", failure);
                    return StreamThreadExceptionResponse.REPLACE_THREAD;
                });
                streams = started;
                started.start();
                LOG.info(
                        "dispatcher has started: Kafka at {}, health port {}",
                        settings.bootstrapServers(),
                        health.port());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            ended.completeExceptionally(e);
        }
    }

    /** Kafka may start after the dispatcher; topics that are wrong stop it. */
    private boolean awaitTopics() throws InterruptedException {
        TopicCheck check = new TopicCheck(admin, settings.replication(), KAFKA_TIMEOUT);
        do {
            try {
                check.ensure(Topics.catalogue(settings.partitions()));
                return true;
            } catch (TopicMismatchException e) {
                throw e;
            } catch (IllegalStateException e) {
                LOG.warn("{}; trying again in {} s", e.getMessage(), RETRY.toSeconds());
            }
        } while (!stopping.await(RETRY.toMillis(), TimeUnit.MILLISECONDS));
        return false;
    }

    private void bindMeters() {
        new JvmMemoryMetrics().bindTo(meters);
        new ProcessorMetrics().bindTo(meters);
        StreamsMeters.bind(
                meters,
                () -> {
                    KafkaStreams present = streams;
                    return present == null ? Map.of() : present.metrics();
                });
    }

    private HealthEndpoint listen() {
        try {
            return HealthEndpoint.start(
                    settings.healthPort(), "dispatcher", this::readiness, meters::scrape);
        } catch (IOException e) {
            throw new StartFailure(
                    "port %d is taken: set BRIGADE_HEALTH_PORT to a free one"
                            .formatted(settings.healthPort()),
                    e);
        }
    }

    private Readiness readiness() {
        KafkaStreams present = streams;
        if (present == null) {
            return new Readiness.NotReady("waiting for Kafka");
        }
        KafkaStreams.State state = present.state();
        return state == KafkaStreams.State.RUNNING
                ? new Readiness.Ready("ready")
                : new Readiness.NotReady("Kafka Streams is " + state);
    }

    private static RequestMachine machine(
            DispatcherSettings settings, Map<String, String> environment) {
        Path folder = settings.configDir();
        RoutingConfig routing = RoutingConfig.read(folder.resolve("routing.yaml"));
        OrchestrationConfig orchestration =
                OrchestrationConfig.read(folder.resolve("orchestration.yaml"), environment);
        PresetsConfig presets = PresetsConfig.read(folder.resolve("presets.yaml"));
        PromptsConfig prompts = PromptsConfig.read(folder.resolve("prompts"));
        orchestration.check(presets, prompts);
        return new RequestMachine(
                new Planner(new Router(routing, RoutingPolicy.leastBusy()), orchestration, presets),
                prompts,
                settings.limits());
    }

    private Topology topology() {
        return new DispatcherTopology(
                        wire,
                        machine,
                        ForeignTopics.of(admin),
                        new DispatcherTopology.Settings(
                                settings.partitions(),
                                settings.defaultDeadline(),
                                settings.batchDeadline(),
                                settings.idempotencyWindow(),
                                settings.queueLimits(),
                                prefetch,
                                keptBytes(settings.partitions())),
                        counts)
                .build();
    }

    /** Open states may take a quarter of the memory, all partitions together. */
    private static long keptBytes(int partitions) {
        return Math.max(MIN_KEPT_BYTES, Runtime.getRuntime().maxMemory() / 4 / partitions);
    }

    /** A dispatcher without a file of models lets out as many jobs as there are slots. */
    private static Map<String, Integer> prefetch(Path models) {
        return Files.notExists(models)
                ? Map.of()
                : ModelsConfig.read(models).models().stream()
                        .collect(Collectors.toMap(ModelConfig::id, ModelConfig::prefetch));
    }

    private Map<String, Object> adminProperties() {
        Map<String, Object> properties = new HashMap<>(settings.kafka());
        properties.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers());
        properties.put(AdminClientConfig.CLIENT_ID_CONFIG, "brigade-dispatcher-admin");
        return properties;
    }

    /** What keeps the dispatcher from starting, in one line. */
    static final class StartFailure extends RuntimeException {

        private static final long serialVersionUID = 1L;

        StartFailure(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
