package dev.brigade.bench.sagas;

import dev.brigade.bench.programs.CommittedLog;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * What the dispatcher's stores hold, read from the topics that they are logged to: the very bytes
 * of keys and values that are stored.
 */
final class Changelogs implements AutoCloseable {

    private static final Pattern TOPIC =
            Pattern.compile(".+?-(lifecycle.*|accepted|timers|queue)-changelog");
    private static final Duration POLL = Duration.ofMillis(200);
    private static final long LIMIT_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final KafkaConsumer<byte[], byte[]> consumer;

    Changelogs(String bootstrapServers) {
        consumer = CommittedLog.open(bootstrapServers, new ByteArrayDeserializer());
    }

    /**
     * Bytes of keys and values whose key holds the request id, by store.
     *
     * @throws IllegalStateException when they cannot be read within a minute
     */
    Map<String, Long> bytesOf(String requestId) {
        Map<String, Map<String, Long>> sizes = new TreeMap<>();
        for (ConsumerRecord<byte[], byte[]> record : all()) {
            // Latin 1 keeps every byte of a key that is not only text.
            String key = new String(record.key(), StandardCharsets.ISO_8859_1);
            if (key.contains(requestId)) {
                Map<String, Long> store =
                        sizes.computeIfAbsent(store(record.topic()), s -> new HashMap<>());
                if (record.value() == null) {
                    store.remove(key);
                } else {
                    store.put(key, (long) record.key().length + record.value().length);
                }
            }
        }
        Map<String, Long> totals = new TreeMap<>();
        sizes.forEach((store, keys) ->
                totals.put(store, keys.values().stream().mapToLong(Long::longValue).sum()));
        return totals;
    }

    @Override
    public void close() {
        consumer.close();
    }

    private List<ConsumerRecord<byte[], byte[]>> all() {
        List<TopicPartition> partitions =
                consumer.listTopics().values().stream()
                        .flatMap(List::stream)
                        .filter(partition -> TOPIC.matcher(partition.topic()).matches())
                        .map(Changelogs::partition)
                        .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        long giveUpAt = System.nanoTime() + LIMIT_NANOS;
        while (ends.entrySet().stream()
                .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            if (System.nanoTime() > giveUpAt) {
                throw new IllegalStateException("the changelogs cannot be read");
            }
            consumer.poll(POLL).forEach(records::add);
        }
        return records;
    }

    private static TopicPartition partition(PartitionInfo info) {
        return new TopicPartition(info.topic(), info.partition());
    }

    private static String store(String topic) {
        Matcher name = TOPIC.matcher(topic);
        return name.matches() ? name.group(1) : topic;
    }
}
