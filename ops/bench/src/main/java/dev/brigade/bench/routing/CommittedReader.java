package dev.brigade.bench.routing;

import dev.brigade.bench.programs.CommittedLog;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;

/** Reads a topic from its end on, read_committed, and takes each awaited key exactly once. */
final class CommittedReader implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(100);
    private static final long AFTERWARDS_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long LIMIT_NANOS = TimeUnit.MINUTES.toNanos(3);

    private final KafkaConsumer<String, byte[]> consumer;

    CommittedReader(String bootstrapServers, String topic) {
        consumer = CommittedLog.fromTheEnd(bootstrapServers, List.of(topic));
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
