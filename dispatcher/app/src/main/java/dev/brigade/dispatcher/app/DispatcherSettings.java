package dev.brigade.dispatcher.app;

import static dev.brigade.config.Bounds.filled;
import static dev.brigade.config.Bounds.within;

import dev.brigade.dispatcher.saga.Limits;
import dev.brigade.dispatcher.saga.UndoLimits;
import dev.brigade.dispatcher.scheduling.QueueLimits;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The dispatcher's configuration, {@code brigade.dispatcher.*}.
 *
 * @param bootstrapServers where Kafka is, as host:port, comma-separated
 * @param schemaRegistryUrl Confluent-compatible registry; empty uses the contract's own ids
 * @param configDir folder of {@code routing.yaml}, {@code orchestration.yaml}, {@code presets.yaml}
 *     and {@code prompts}
 * @param stateDir folder of the state stores
 * @param healthPort loopback port of the health endpoint; 0 picks a free one
 * @param threads stream threads, 1 to 64
 * @param partitions partitions of requests, events, tokens and replies, 1 to 4096
 * @param replicationFactor of topics that are created; 0 leaves it to the broker
 * @param standbyReplicas copies of the state on other dispatchers, 0 to 3
 * @param commitInterval longest time between commits, 1 ms to 1 s; reached only under load, since a
 *     thread that has nothing more to do commits at once
 * @param defaultDeadline time allowed to a request that names none, 1 s to 24 h
 * @param batchDeadline time allowed to a batch of images that names none, 1 s to 24 h
 * @param idempotencyWindow how long a key belongs to its first request, 1 min to 7 d
 * @param closedRetention how long a closed request's id is remembered, 1 s to 7 d
 * @param stallTimeout silence after which an attempt is given up, 1 s to 1 h
 * @param maxDispatches of one stage, 1 to 10
 * @param maxAttempts of one stage, 1 to 20
 * @param maxCrashes engine crashes by one job before it is a dead letter, 1 to 10
 * @param maxQueued jobs that wait per model, 1 to 1,000,000
 * @param aging wait after which a job rises a class, 1 s to 1 d
 * @param compensation patience with participants that undo effects outside
 * @param kafka further properties of every Kafka client, such as those of security
 */
@ConfigurationProperties("brigade.dispatcher")
record DispatcherSettings(
        @DefaultValue("localhost:9092") String bootstrapServers,
        @DefaultValue("") String schemaRegistryUrl,
        @DefaultValue("config") Path configDir,
        @DefaultValue("data") Path stateDir,
        @DefaultValue("8086") int healthPort,
        @DefaultValue("2") int threads,
        @DefaultValue("4") int partitions,
        @DefaultValue("0") int replicationFactor,
        @DefaultValue("0") int standbyReplicas,
        @DefaultValue("50ms") Duration commitInterval,
        @DefaultValue("120s") Duration defaultDeadline,
        @DefaultValue("24h") Duration batchDeadline,
        @DefaultValue("24h") Duration idempotencyWindow,
        @DefaultValue("24h") Duration closedRetention,
        @DefaultValue("45s") Duration stallTimeout,
        @DefaultValue("3") int maxDispatches,
        @DefaultValue("5") int maxAttempts,
        @DefaultValue("2") int maxCrashes,
        @DefaultValue("10000") int maxQueued,
        @DefaultValue("30s") Duration aging,
        @DefaultValue Compensation compensation,
        @DefaultValue Map<String, String> kafka) {

    /**
     * Patience with participants that undo effects outside.
     *
     * @param attempts of one compensation before it is a dead letter, 1 to 20
     * @param firstBackoff pause before the second attempt, doubling with each, 1 ms to 1 min
     * @param maxBackoff longest pause between two attempts, 1 ms to 1 h
     * @param answerTimeout silence after which an attempt counts as failed, 1 ms to 1 h
     */
    record Compensation(
            @DefaultValue("5") int attempts,
            @DefaultValue("1s") Duration firstBackoff,
            @DefaultValue("60s") Duration maxBackoff,
            @DefaultValue("30s") Duration answerTimeout) {

        private static final String PREFIX = "brigade.dispatcher.compensation.";

        Compensation {
            Duration least = Duration.ofMillis(1);
            within(PREFIX + "attempts", attempts, 1, 20);
            within(PREFIX + "first-backoff", firstBackoff, least, Duration.ofMinutes(1));
            within(PREFIX + "max-backoff", maxBackoff, least, Duration.ofHours(1));
            within(PREFIX + "answer-timeout", answerTimeout, least, Duration.ofHours(1));
        }

        UndoLimits limits() {
            return new UndoLimits(
                    attempts,
                    firstBackoff.toMillis(),
                    maxBackoff.toMillis(),
                    answerTimeout.toMillis());
        }
    }

    private static final String PREFIX = "brigade.dispatcher.";

    DispatcherSettings {
        kafka = Map.copyOf(kafka);
        filled(PREFIX + "bootstrap-servers", bootstrapServers);
        within(PREFIX + "health-port", healthPort, 0, 65_535);
        within(PREFIX + "threads", threads, 1, 64);
        within(PREFIX + "partitions", partitions, 1, 4_096);
        within(PREFIX + "replication-factor", replicationFactor, 0, 9);
        within(PREFIX + "standby-replicas", standbyReplicas, 0, 3);
        within(
                PREFIX + "commit-interval",
                commitInterval,
                Duration.ofMillis(1),
                Duration.ofSeconds(1));
        within(
                PREFIX + "default-deadline",
                defaultDeadline,
                Duration.ofSeconds(1),
                Duration.ofHours(24));
        within(
                PREFIX + "batch-deadline",
                batchDeadline,
                Duration.ofSeconds(1),
                Duration.ofHours(24));
        within(
                PREFIX + "idempotency-window",
                idempotencyWindow,
                Duration.ofMinutes(1),
                Duration.ofDays(7));
        within(
                PREFIX + "closed-retention",
                closedRetention,
                Duration.ofSeconds(1),
                Duration.ofDays(7));
        within(PREFIX + "stall-timeout", stallTimeout, Duration.ofSeconds(1), Duration.ofHours(1));
        within(PREFIX + "max-dispatches", maxDispatches, 1, 10);
        within(PREFIX + "max-attempts", maxAttempts, 1, 20);
        within(PREFIX + "max-crashes", maxCrashes, 1, 10);
        within(PREFIX + "max-queued", maxQueued, 1, 1_000_000);
        within(PREFIX + "aging", aging, Duration.ofSeconds(1), Duration.ofDays(1));
    }

    Limits limits() {
        return new Limits(
                maxDispatches,
                maxAttempts,
                maxCrashes,
                stallTimeout.toMillis(),
                closedRetention.toMillis(),
                Limits.DEFAULTS.landingMs(),
                compensation.limits());
    }

    QueueLimits queueLimits() {
        return new QueueLimits(
                maxQueued,
                QueueLimits.DEFAULTS.prefetch(),
                aging.toMillis(),
                QueueLimits.DEFAULTS.maxHighRun());
    }

    Optional<String> registry() {
        return Optional.of(schemaRegistryUrl).filter(url -> !url.isBlank());
    }

    Optional<Short> replication() {
        return replicationFactor == 0 ? Optional.empty() : Optional.of((short) replicationFactor);
    }
}
