package dev.brigade.worker.slots;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.clients.consumer.ShareConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Jobs from a share group.
 *
 * <p>Two rules of the protocol shape this class. A renewal must be followed by a poll, which
 * returns the same record; to renew again or to settle without it throws. And a late
 * acknowledgement is not thrown but stands in the result of {@code commitSync}, which is therefore
 * always looked at.
 */
final class KafkaJobSource implements JobSource {

    private static final Logger LOG = LoggerFactory.getLogger(KafkaJobSource.class);
    private static final Duration DEFAULT_LOCK = Duration.ofSeconds(30);
    private static final Duration COMMIT_LIMIT = Duration.ofSeconds(10);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(2);
    private static final Duration REGAIN_STEP = Duration.ofMillis(50);
    private static final int REGAIN_STEPS = 40;

    private final ShareConsumer<byte[], byte[]> consumer;

    private KafkaJobSource(ShareConsumer<byte[], byte[]> consumer) {
        this.consumer = consumer;
    }

    static KafkaJobSource open(
            Map<String, Object> client, String clientId, String group, String topic) {
        Map<String, Object> properties = new HashMap<>(client);
        properties.put(ConsumerConfig.CLIENT_ID_CONFIG, clientId);
        properties.put(ConsumerConfig.GROUP_ID_CONFIG, group);
        properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 1);
        properties.put(ConsumerConfig.SHARE_ACQUIRE_MODE_CONFIG, "record_limit");
        properties.put(ConsumerConfig.SHARE_ACKNOWLEDGEMENT_MODE_CONFIG, "explicit");
        properties.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 50);
        ByteArrayDeserializer bytes = new ByteArrayDeserializer();
        KafkaShareConsumer<byte[], byte[]> consumer =
                new KafkaShareConsumer<>(properties, bytes, bytes);
        consumer.subscribe(List.of(topic));
        return new KafkaJobSource(consumer);
    }

    @Override
    public Optional<Delivery> poll(Duration wait) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(wait)) {
            return Optional.of(new Delivery(record));
        }
        return Optional.empty();
    }

    @Override
    public Duration lock() {
        return consumer.acquisitionLockTimeoutMs().map(Duration::ofMillis).orElse(DEFAULT_LOCK);
    }

    @Override
    public boolean renew(Delivery delivery) {
        return acknowledge(delivery, AcknowledgeType.RENEW) && regain(delivery);
    }

    @Override
    public boolean settle(Delivery delivery, Settlement settlement) {
        return switch (settlement) {
            case ACCEPT -> acknowledge(delivery, AcknowledgeType.ACCEPT);
            case RELEASE -> acknowledge(delivery, AcknowledgeType.RELEASE);
            case FORGET -> false;
        };
    }

    @Override
    public void close() {
        consumer.close(CLOSE_LIMIT);
    }

    private boolean acknowledge(Delivery delivery, AcknowledgeType type) {
        consumer.acknowledge(delivery.record(), type);
        var results = consumer.commitSync(COMMIT_LIMIT);
        for (Optional<KafkaException> result : results.values()) {
            if (result.isPresent()) {
                LOG.warn("{} of {} failed: {}", type, delivery.place(), result.get().toString());
                return false;
            }
        }
        return true;
    }

    /** Polls until the renewed record has come back. */
    private boolean regain(Delivery delivery) {
        for (int step = 0; step < REGAIN_STEPS; step++) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(REGAIN_STEP)) {
                if (delivery.isAt(record)) {
                    return true;
                }
                consumer.acknowledge(record, AcknowledgeType.RELEASE);
            }
        }
        LOG.warn("{} did not come back after its renewal", delivery.place());
        return false;
    }
}
