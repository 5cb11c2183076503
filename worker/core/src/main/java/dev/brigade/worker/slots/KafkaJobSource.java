package dev.brigade.worker.slots;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
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
 * <p>Three rules of the protocol shape this class. A poll throws unless every record in hand is
 * acknowledged, so what is held is renewed together or not at all. A renewal must be followed by a
 * poll, which returns the same records; to renew again or to settle without it throws. And a late
 * acknowledgement is not thrown but stands in the result of {@code commitSync}, for all that it
 * carried; it is therefore always looked at, and each settlement goes alone.
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

    /**
     * @param most deliveries that it holds at once
     * @param fetchWait how long the broker holds a fetch that finds nothing
     */
    static KafkaJobSource open(
            Map<String, Object> client,
            String clientId,
            String group,
            String topic,
            int most,
            Duration fetchWait) {
        Map<String, Object> properties = new HashMap<>(client);
        properties.put(ConsumerConfig.CLIENT_ID_CONFIG, clientId);
        properties.put(ConsumerConfig.GROUP_ID_CONFIG, group);
        properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, most);
        properties.put(ConsumerConfig.SHARE_ACQUIRE_MODE_CONFIG, "record_limit");
        properties.put(ConsumerConfig.SHARE_ACKNOWLEDGEMENT_MODE_CONFIG, "explicit");
        properties.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, (int) fetchWait.toMillis());
        ByteArrayDeserializer bytes = new ByteArrayDeserializer();
        KafkaShareConsumer<byte[], byte[]> consumer =
                new KafkaShareConsumer<>(properties, bytes, bytes);
        consumer.subscribe(List.of(topic));
        return new KafkaJobSource(consumer);
    }

    @Override
    public List<Delivery> poll(Duration wait) {
        List<Delivery> deliveries = new ArrayList<>();
        consumer.poll(wait).forEach(record -> deliveries.add(new Delivery(record)));
        return deliveries;
    }

    @Override
    public Duration lock() {
        return consumer.acquisitionLockTimeoutMs().map(Duration::ofMillis).orElse(DEFAULT_LOCK);
    }

    @Override
    public boolean renew(Collection<Delivery> held) {
        List<Delivery> all = List.copyOf(held);
        all.forEach(one -> consumer.acknowledge(one.record(), AcknowledgeType.RENEW));
        return committed("renewal of " + all.size() + " jobs") && regain(all);
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
        return committed(type + " of " + delivery.place());
    }

    private boolean committed(String what) {
        for (Optional<KafkaException> result : consumer.commitSync(COMMIT_LIMIT).values()) {
            if (result.isPresent()) {
                LOG.warn("{} failed: {}", what, result.get().toString());
                return false;
            }
        }
        return true;
    }

    /** Polls until the renewed records have come back. */
    private boolean regain(List<Delivery> renewed) {
        List<Delivery> away = new ArrayList<>(renewed);
        for (int step = 0; step < REGAIN_STEPS; step++) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(REGAIN_STEP)) {
                if (!away.removeIf(delivery -> delivery.isAt(record))) {
                    consumer.acknowledge(record, AcknowledgeType.RELEASE);
                }
            }
            if (away.isEmpty()) {
                return true;
            }
        }
        LOG.warn("{} jobs did not come back after their renewal", away.size());
        return false;
    }
}
