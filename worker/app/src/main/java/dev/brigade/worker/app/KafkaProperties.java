package dev.brigade.worker.app;

import dev.brigade.config.Bounds;
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
 * @param partitions of the topics that scale; the same for every program of the system
 * @param properties further properties of the Kafka clients, such as {@code security.protocol}
 */
@ConfigurationProperties("brigade.kafka")
public record KafkaProperties(
        @DefaultValue("localhost:9092") String bootstrapServers,
        @Nullable String schemaRegistryUrl,
        @DefaultValue("4") int partitions,
        @DefaultValue Map<String, String> properties) {

    public KafkaProperties {
        Bounds.filled(
                "brigade.kafka.bootstrap-servers (INFERENCE_KAFKA_BOOTSTRAP_SERVERS)",
                bootstrapServers);
        Bounds.within("brigade.topics.partitions", partitions, 1, 4096);
        schemaRegistryUrl =
                schemaRegistryUrl == null || schemaRegistryUrl.isBlank() ? null : schemaRegistryUrl;
        properties = Map.copyOf(properties);
    }
}
