package dev.brigade.acceptance.orchestration;

import dev.brigade.contract.topic.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * Counts the records of sagas as they are written, committed or not: so a process can be killed at
 * any of them, in the middle of a transaction too. One thread owns it.
 */
final class SagaWatch implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(20);

    private final KafkaConsumer<String, byte[]> consumer;
    private final Map<String, Integer> counts = new HashMap<>();

    SagaWatch(String bootstrapServers, String compensationTopic) {
        consumer =
                new KafkaConsumer<>(
                        Map.of(
                                "bootstrap.servers",
                                bootstrapServers,
                                "isolation.level",
                                "read_uncommitted"),
                        new StringDeserializer(),
                        new ByteArrayDeserializer());
        List<TopicPartition> partitions =
                List.of(Topics.EVENTS, Topics.COMPENSATIONS, Topics.REPLIES, compensationTopic)
                        .stream()
                        .flatMap(topic -> consumer.partitionsFor(topic).stream())
                        .map(p -> new TopicPartition(p.topic(), p.partition()))
                        .toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position);
    }

    /** Waits until so many records of a request are written, or none came for a time. */
    int await(String requestId, int count, Duration patience) {
        long lastNews = System.nanoTime();
        while (count(requestId) < count && System.nanoTime() - lastNews < patience.toNanos()) {
            int before = count(requestId);
            for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
                counts.merge(String.valueOf(record.key()), 1, Integer::sum);
            }
            lastNews = count(requestId) > before ? System.nanoTime() : lastNews;
        }
        return count(requestId);
    }

    private int count(String requestId) {
        return counts.getOrDefault(requestId, 0);
    }

    @Override
    public void close() {
        consumer.close();
    }
}
