package dev.brigade.standalone.saga;

import dev.brigade.contract.serde.AvroWire;
import dev.brigade.contract.serde.UndecodableException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads parts of topics up to their end as it is when the reading begins, committed records only.
 * It belongs to no group and changes nothing. One thread owns it.
 */
final class LogReader implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(100);
    private static final String MEBIBYTES_8 = Integer.toString(8 << 20);

    private final Consumer<byte[], byte[]> consumer;
    private final AvroWire wire;
    private final Duration limit;
    private final long giveUpAtNanos;

    /**
     * @param limit of all reading together
     */
    LogReader(Consumer<byte[], byte[]> consumer, AvroWire wire, Duration limit) {
        this.consumer = consumer;
        this.wire = wire;
        this.limit = limit;
        this.giveUpAtNanos = System.nanoTime() + limit.toNanos();
    }

    static LogReader open(String bootstrapServers, AvroWire wire, Duration limit) {
        return new LogReader(
                new KafkaConsumer<>(
                        Map.of(
                                "bootstrap.servers", bootstrapServers,
                                "isolation.level", "read_committed",
                                "enable.auto.commit", "false",
                                "default.api.timeout.ms", "10000",
                                // The next part waits for the fetch that is under way.
                                "fetch.max.wait.ms", "20",
                                "fetch.max.bytes", MEBIBYTES_8),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer()),
                wire,
                limit);
    }

    Set<String> topics() {
        return consumer.listTopics().keySet();
    }

    /** Every partition of a topic; none where there is no such topic. */
    List<TopicPartition> partitions(String topic) {
        return topics().contains(topic)
                ? IntStream.range(0, consumer.partitionsFor(topic).size())
                        .mapToObj(partition -> new TopicPartition(topic, partition))
                        .toList()
                : List.of();
    }

    /**
     * Reads partitions from a time on.
     *
     * @param since empty is the oldest record
     * @param wanted says by key and headers which records are worth decoding
     */
    void read(
            Collection<TopicPartition> partitions,
            Optional<Instant> since,
            Predicate<ConsumerRecord<byte[], byte[]>> wanted,
            java.util.function.Consumer<Found> into) {
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        consumer.assign(partitions);
        if (since.isEmpty()) {
            consumer.seekToBeginning(partitions);
        } else {
            Map<TopicPartition, Long> times = new HashMap<>();
            partitions.forEach(p -> times.put(p, Math.max(0, since.get().toEpochMilli())));
            consumer.offsetsForTimes(times)
                    .forEach((p, at) -> consumer.seek(p, at == null ? end(ends, p) : at.offset()));
        }
        toTheEnd(ends, wanted, into);
    }

    /** Reads the newest records of each partition. */
    void readNewest(
            Collection<TopicPartition> partitions,
            int most,
            java.util.function.Consumer<Found> into) {
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        Map<TopicPartition, Long> beginnings = consumer.beginningOffsets(partitions);
        consumer.assign(partitions);
        partitions.forEach(
                p -> consumer.seek(p, Math.max(end(beginnings, p), end(ends, p) - most)));
        toTheEnd(ends, record -> true, into);
    }

    private void toTheEnd(
            Map<TopicPartition, Long> ends,
            Predicate<ConsumerRecord<byte[], byte[]>> wanted,
            java.util.function.Consumer<Found> into) {
        while (!ends.entrySet().stream()
                .allMatch(end -> consumer.position(end.getKey()) >= end.getValue())) {
            if (System.nanoTime() - giveUpAtNanos >= 0) {
                throw new LogException(
                        "the log could not be read within %d s".formatted(limit.toSeconds()));
            }
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                if (wanted.test(record)) {
                    into.accept(new Found(entry(record), record));
                }
            }
        }
    }

    private LogEntry entry(ConsumerRecord<byte[], byte[]> record) {
        Map<String, String> headers = new HashMap<>();
        for (Header header : record.headers()) {
            if (header.value() != null) {
                headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8));
            }
        }
        return new LogEntry(
                record.topic(),
                record.partition(),
                record.offset(),
                record.timestamp(),
                headers,
                value(record));
    }

    private Optional<SpecificRecord> value(ConsumerRecord<byte[], byte[]> record) {
        try {
            return Optional.of(wire.decode(record.value()));
        } catch (UndecodableException e) {
            // What nobody can read is shown as a dead letter, if it became one.
            return Optional.empty();
        }
    }

    private static long end(Map<TopicPartition, Long> offsets, TopicPartition partition) {
        return offsets.getOrDefault(partition, 0L);
    }

    @Override
    public void close() {
        consumer.close(CloseOptions.timeout(Duration.ZERO));
    }

    /**
     * A record that was wanted.
     *
     * @param entry what it says
     * @param raw the record as it came
     */
    record Found(LogEntry entry, ConsumerRecord<byte[], byte[]> raw) {}
}
