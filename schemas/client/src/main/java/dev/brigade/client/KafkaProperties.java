package dev.brigade.client;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Kafka's own clients, as this client needs them. What it needs overrides what settings say. */
final class KafkaProperties {

    /** Largest record of the contract's topics. */
    static final int MAX_RECORD_BYTES = 4 << 20;

    private static final int METADATA_MAX_AGE_MS = 10_000;

    private KafkaProperties() {}

    static Producer<byte[], byte[]> producer(ClientSettings settings) {
        return producer(
                common(settings.bootstrapServers(), settings.kafka(), "producer"),
                settings.sendTimeout());
    }

    static Producer<byte[], byte[]> participantProducer(ParticipantSettings settings) {
        return producer(
                common(settings.bootstrapServers(), settings.kafka(), "participant"),
                settings.sendTimeout());
    }

    private static Producer<byte[], byte[]> producer(
            Map<String, Object> properties, Duration sendTimeout) {
        int sendMs = (int) sendTimeout.toMillis();
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        properties.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, sendMs);
        properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, sendMs);
        properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, Math.min(5000, sendMs));
        properties.put(ProducerConfig.RETRY_BACKOFF_MS_CONFIG, 20);
        properties.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, MAX_RECORD_BYTES);
        return new KafkaProducer<>(
                properties, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** A consumer of assigned partitions; it belongs to no group and commits nothing. */
    static Consumer<byte[], byte[]> consumer(ClientSettings settings) {
        Map<String, Object> properties =
                common(settings.bootstrapServers(), settings.kafka(), "consumer");
        properties.remove(ConsumerConfig.GROUP_ID_CONFIG);
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        // Only where records were deleted under the reader: what is left is better than a gap.
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        properties.put(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, 1);
        properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 2000);
        properties.put(ConsumerConfig.RETRY_BACKOFF_MS_CONFIG, 20);
        properties.put(
                ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                (int) settings.connectTimeout().toMillis());
        properties.put(
                ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                (int) Math.min(5000, settings.connectTimeout().toMillis()));
        return new KafkaConsumer<>(
                properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** A member of a participant's group: one record at a time, committed by the caller. */
    static Consumer<byte[], byte[]> participantConsumer(ParticipantSettings settings) {
        Map<String, Object> properties =
                common(settings.bootstrapServers(), settings.kafka(), "participant");
        properties.put(ConsumerConfig.GROUP_ID_CONFIG, settings.group());
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 1);
        properties.put(
                ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG,
                (int) settings.handlingTimeout().plus(settings.sendTimeout()).toMillis());
        properties.put(
                ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                (int) settings.sendTimeout().toMillis());
        properties.put(
                ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                (int) Math.min(5000, settings.sendTimeout().toMillis()));
        // The topic may be made after the participant was started.
        properties.put(ConsumerConfig.METADATA_MAX_AGE_CONFIG, METADATA_MAX_AGE_MS);
        return new KafkaConsumer<>(
                properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** A name of its own for each, since Kafka's metrics are kept by it. */
    private static Map<String, Object> common(
            String bootstrapServers, Map<String, String> settings, String role) {
        Map<String, Object> properties = new HashMap<>(settings);
        properties.put("bootstrap.servers", bootstrapServers);
        String base = settings.getOrDefault("client.id", "brigade-client");
        int number = ThreadLocalRandom.current().nextInt();
        properties.put("client.id", "%s-%s-%08x".formatted(base, role, number));
        return properties;
    }
}
