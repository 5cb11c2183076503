package dev.brigade.rest.ledger;

import dev.brigade.rest.config.KafkaProperties;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Kafka's own clients, as the ledger needs them. What it needs overrides what settings say. */
class LedgerClients {

    /** Group whose one member has the turn, and the name that fences the earlier one. */
    static final String TURN = "brigade-rest-batches";

    private static final Duration TRANSACTION_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration SESSION_TIMEOUT = Duration.ofSeconds(10);
    private static final int MAX_RECORD_BYTES = 4 << 20;

    private final KafkaProperties kafka;

    LedgerClients(KafkaProperties kafka) {
        this.kafka = kafka;
    }

    /** The adapter's settings. */
    final KafkaProperties kafka() {
        return kafka;
    }

    Admin admin() {
        return Admin.create(common("admin"));
    }

    /** Reads everything that was committed; belongs to no group. */
    Consumer<byte[], byte[]> reader() {
        Map<String, Object> properties = consumer("reader");
        properties.remove(ConsumerConfig.GROUP_ID_CONFIG);
        return consumer(properties);
    }

    /** A member of the group. It reads nothing, and keeps its turn when another one joins. */
    Consumer<byte[], byte[]> member() {
        Map<String, Object> properties = consumer("member");
        properties.put(
                ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
                CooperativeStickyAssignor.class.getName());
        properties.put(ConsumerConfig.GROUP_ID_CONFIG, TURN);
        properties.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, (int) SESSION_TIMEOUT.toMillis());
        properties.put(
                ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG,
                (int) SESSION_TIMEOUT.dividedBy(4).toMillis());
        return consumer(properties);
    }

    /** Writes what anybody may write. */
    Producer<byte[], byte[]> writer() {
        return producer(common("writer"));
    }

    /** Writes what only the one with the turn may write. */
    Producer<byte[], byte[]> fencedWriter() {
        Map<String, Object> properties = common("turn");
        properties.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, TURN);
        properties.put(
                ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, (int) TRANSACTION_TIMEOUT.toMillis());
        return producer(properties);
    }

    private Map<String, Object> consumer(String role) {
        Map<String, Object> properties = common(role);
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        properties.put(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, 1);
        properties.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, timeoutMs());
        properties.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, Math.min(5000, timeoutMs()));
        return properties;
    }

    private static Consumer<byte[], byte[]> consumer(Map<String, Object> properties) {
        return new KafkaConsumer<>(
                properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private Producer<byte[], byte[]> producer(Map<String, Object> properties) {
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        properties.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, timeoutMs());
        properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, timeoutMs());
        properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, Math.min(5000, timeoutMs()));
        properties.put(ProducerConfig.RETRY_BACKOFF_MS_CONFIG, 20);
        properties.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, MAX_RECORD_BYTES);
        return new KafkaProducer<>(
                properties, new ByteArraySerializer(), new ByteArraySerializer());
    }

    private int timeoutMs() {
        return (int) kafka.lookupTimeout().toMillis();
    }

    private Map<String, Object> common(String role) {
        Map<String, Object> properties = new HashMap<>(kafka.properties());
        properties.put("bootstrap.servers", kafka.bootstrapServers());
        String base = kafka.properties().getOrDefault("client.id", "brigade-rest");
        properties.put("client.id", base + "-ledger-" + role);
        return properties;
    }
}
