package dev.brigade.rest.config;

import static dev.brigade.config.Bounds.filled;
import static dev.brigade.config.Bounds.within;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the Kafka side.
 *
 * @param bootstrapServers Kafka's {@code host:port}, comma-separated
 * @param schemaRegistryUrl base of a Confluent-compatible registry; none for the contract's fixed
 *     schema ids
 * @param connectTimeout most time for one try to connect
 * @param retryPause time between two tries
 * @param lookupTimeout most time to look up a request or the models
 * @param maxFollowers most earlier requests that are streamed at the same time
 * @param properties further properties of the Kafka clients, such as {@code security.protocol}
 */
@ConfigurationProperties("brigade.kafka")
public record KafkaProperties(
        @DefaultValue("localhost:9092") String bootstrapServers,
        @Nullable String schemaRegistryUrl,
        @DefaultValue("5s") Duration connectTimeout,
        @DefaultValue("1s") Duration retryPause,
        @DefaultValue("10s") Duration lookupTimeout,
        @DefaultValue("64") int maxFollowers,
        @DefaultValue Map<String, String> properties) {

    public KafkaProperties {
        filled(
                "brigade.kafka.bootstrap-servers (INFERENCE_KAFKA_BOOTSTRAP_SERVERS)",
                bootstrapServers);
        schemaRegistryUrl =
                schemaRegistryUrl == null || schemaRegistryUrl.isBlank() ? null : schemaRegistryUrl;
        Duration minute = Duration.ofMinutes(1);
        within("brigade.kafka.connect-timeout", connectTimeout, Duration.ofSeconds(1), minute);
        within("brigade.kafka.retry-pause", retryPause, Duration.ofMillis(10), minute);
        within("brigade.kafka.lookup-timeout", lookupTimeout, Duration.ofSeconds(1), minute);
        within("brigade.kafka.max-followers", maxFollowers, 1, 10_000);
        properties = Map.copyOf(properties);
    }
}
