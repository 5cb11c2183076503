package dev.brigade.bench.sagas;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads some topics from their end on, read_committed. */
final class LogTail implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(100);
    private static final long QUIET_NANOS = TimeUnit.MILLISECONDS.toNanos(700);
    private static final long LIMIT_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final KafkaConsumer<String, byte[]> consumer;

    LogTail(String bootstrapServers, Collection<String> topics) {
        consumer =
                new KafkaConsumer<>(
                        Map.of(
                                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                                bootstrapServers,
                                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                                "read_committed"),
                        new StringDeserializer(),
                        new ByteArrayDeserializer());
        List<TopicPartition> all =
                topics.stream()
                        .flatMap(topic -> consumer.partitionsFor(topic).stream())
                        .map(info -> new TopicPartition(info.topic(), info.partition()))
                        .toList();
        consumer.assign(all);
        consumer.seekToEnd(all);
        all.forEach(consumer::position);
    }

    /** What has come since the last call. */
    List<ConsumerRecord<String, byte[]>> poll() {
        List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
        consumer.poll(POLL).forEach(records::add);
        return records;
    }

    /**
     * Waits for a record, and then until no more have come for a moment.
     *
     * @throws IllegalStateException when none comes within a minute
     */
    List<ConsumerRecord<String, byte[]>> awaitQuiet() {
        List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
        long start = System.nanoTime();
        long last = start;
        while (records.isEmpty() || System.nanoTime() - last < QUIET_NANOS) {
            List<ConsumerRecord<String, byte[]>> more = poll();
            if (!more.isEmpty()) {
                records.addAll(more);
                last = System.nanoTime();
            }
            if (records.isEmpty() && System.nanoTime() - start > LIMIT_NANOS) {
                throw new IllegalStateException("nothing came for a minute");
            }
        }
        return records;
    }

    @Override
    public void close() {
        consumer.close();
    }
}
