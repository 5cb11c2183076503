package dev.brigade.bench.routing;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads a topic from its end on, read_committed, and takes each awaited key exactly once. */
final class CommittedReader implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(100);
    private static final long AFTERWARDS_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long LIMIT_NANOS = TimeUnit.MINUTES.toNanos(3);

    private final KafkaConsumer<String, byte[]> consumer;

    CommittedReader(String bootstrapServers, String topic, int partitions) {
        consumer =
                new KafkaConsumer<>(
                        Map.of(
                                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                                bootstrapServers,
                                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                                "read_committed",
                                ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                                5_000),
                        new StringDeserializer(),
                        new ByteArrayDeserializer());
        List<TopicPartition> all =
                IntStream.range(0, partitions)
                        .mapToObj(partition -> new TopicPartition(topic, partition))
                        .toList();
        consumer.assign(all);
        consumer.seekToEnd(all);
        all.forEach(consumer::position);
    }

    /**
     * What was read.
     *
     * @param values by key
     * @param doneNanos {@link System#nanoTime} when the last awaited key was there
     */
    record Seen(Map<String, byte[]> values, long doneNanos) {}

    /**
     * Waits until every key has come, and a moment longer for one that should not come.
     *
     * @throws IllegalStateException when a key comes twice, a foreign one comes, or not all come
     */
    Seen awaitExactly(Set<String> keys) {
        Map<String, byte[]> values = new HashMap<>();
        long giveUpAt = System.nanoTime() + LIMIT_NANOS;
        while (values.size() < keys.size()) {
            if (System.nanoTime() > giveUpAt) {
                throw new IllegalStateException(
                        "only %d of %d records came".formatted(values.size(), keys.size()));
            }
            take(keys, values);
        }
        long done = System.nanoTime();
        while (System.nanoTime() - done < AFTERWARDS_NANOS) {
            take(keys, values);
        }
        return new Seen(values, done);
    }

    @Override
    public void close() {
        consumer.close();
    }

    private void take(Set<String> keys, Map<String, byte[]> values) {
        for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
            if (!keys.contains(record.key())) {
                throw new IllegalStateException("a record that nobody asked for came");
            }
            if (values.put(record.key(), record.value()) != null) {
                throw new IllegalStateException("a record came twice");
            }
        }
    }
}
