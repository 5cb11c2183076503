package dev.brigade.dispatcher.app;

import dev.brigade.config.RoutingConfig;
import dev.brigade.config.process.HealthEndpoint;
import dev.brigade.config.process.HealthEndpoint.Readiness;
import dev.brigade.contract.serde.AvroWire;
import dev.brigade.contract.serde.SchemaRegistry;
import dev.brigade.contract.topic.TopicCheck;
import dev.brigade.contract.topic.TopicMismatchException;
import dev.brigade.contract.topic.Topics;
import dev.brigade.dispatcher.app.topology.DispatcherTopology;
import dev.brigade.dispatcher.app.topology.ReplyTopics;
import dev.brigade.dispatcher.routing.Router;
import dev.brigade.dispatcher.routing.RoutingPolicy;
import dev.brigade.dispatcher.saga.RequestMachine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Owns the Kafka Streams application: checks the topics, starts it, tells how it is, and stops it.
 * A thread that fails is replaced; its transaction is aborted, and its tasks start again from what
 * was committed.
 */
@Component
class Dispatcher implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);
    private static final Duration KAFKA_TIMEOUT = Duration.ofSeconds(15);
    private static final Duration RETRY = Duration.ofSeconds(3);
    private static final Duration STOP = Duration.ofSeconds(8);

    private final DispatcherSettings settings;
    private volatile @Nullable Running running;

    Dispatcher(DispatcherSettings settings) {
        this.settings = settings;
    }

    @Override
    public synchronized void start() {
        HealthEndpoint health;
        try {
            health = HealthEndpoint.start(settings.healthPort(), "dispatcher", this::readiness);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "brigade.dispatcher.health-port %d cannot be used: choose a free port"
                            .formatted(settings.healthPort()),
                    e);
        }
        Admin admin = Admin.create(adminProperties());
        awaitTopics(admin);
        KafkaStreams streams = new KafkaStreams(topology(admin), StreamsSettings.of(settings));
        streams.setUncaughtExceptionHandler(failure -> {
            LOG.error("a stream thread failed and is replaced", failure);
            return StreamThreadExceptionResponse.REPLACE_THREAD;
        });
        running = new Running(health, admin, streams);
        streams.start();
        LOG.info(
                "dispatcher started: kafka {}, health port {}",
                settings.bootstrapServers(),
                health.port());
    }

    @Override
    public synchronized void stop() {
        if (running != null) {
            running.streams().close(STOP);
            running.admin().close(Duration.ofSeconds(1));
            running.health().close();
            running = null;
            LOG.info("dispatcher stopped");
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return running != null;
    }

    private Readiness readiness() {
        Running now = running;
        if (now == null) {
            return new Readiness.NotReady("waiting for Kafka");
        }
        KafkaStreams.State state = now.streams().state();
        return state == KafkaStreams.State.RUNNING
                ? new Readiness.Ready("ready")
                : new Readiness.NotReady("Kafka Streams is " + state);
    }

    private Topology topology(Admin admin) {
        AvroWire wire = new AvroWire(SchemaRegistry.of(settings.registry()));
        RoutingConfig routing = RoutingConfig.read(settings.configDir().resolve("routing.yaml"));
        RequestMachine machine =
                new RequestMachine(
                        new Router(routing, RoutingPolicy.leastBusy()), settings.limits());
        ReplyTopics replyTopics = new ReplyTopics(admin, settings.partitions(), Clock.systemUTC());
        return new DispatcherTopology(
                        wire,
                        machine,
                        replyTopics,
                        new DispatcherTopology.Settings(
                                settings.partitions(),
                                settings.defaultDeadline(),
                                settings.idempotencyWindow(),
                                settings.queueLimits()))
                .build();
    }

    /** Kafka may start after the dispatcher; topics that are wrong stop it. */
    private void awaitTopics(Admin admin) {
        TopicCheck check = new TopicCheck(admin, settings.replication(), KAFKA_TIMEOUT);
        while (true) {
            try {
                check.ensure(Topics.catalogue(settings.partitions()));
                return;
            } catch (TopicMismatchException e) {
                throw e;
            } catch (IllegalStateException e) {
                LOG.warn("{}; trying again in {} s", e.getMessage(), RETRY.toSeconds());
            }
            pause();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(RETRY);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for Kafka", e);
        }
    }

    private Map<String, Object> adminProperties() {
        Map<String, Object> properties = new HashMap<>(settings.kafka());
        properties.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers());
        properties.put(AdminClientConfig.CLIENT_ID_CONFIG, "brigade-dispatcher-admin");
        return properties;
    }

    private record Running(HealthEndpoint health, Admin admin, KafkaStreams streams) {}
}
