package dev.brigade.client;

import dev.brigade.contract.error.ErrorCode;
import dev.brigade.contract.serde.AvroWire;
import dev.brigade.contract.serde.UndecodableException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * The records of one request among all others, by its key. Has a consumer of its own; not safe for
 * use by many threads.
 */
final class RequestRecords implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(100);

    private final Consumer<byte[], byte[]> consumer;
    private final AvroWire wire;
    private final String id;
    private final byte[] key;

    RequestRecords(Consumer<byte[], byte[]> consumer, AvroWire wire, String id) {
        this.consumer = consumer;
        this.wire = wire;
        this.id = id;
        this.key = id.getBytes(StandardCharsets.UTF_8);
    }

    /** Reads on from the time that the id tells, or from the oldest record where it tells none. */
    void fromStart(Collection<TopicPartition> partitions) {
        consumer.assign(partitions);
        Optional<Instant> since = Layout.since(id);
        if (since.isEmpty()) {
            consumer.seekToBeginning(partitions);
            return;
        }
        Map<TopicPartition, Long> times = new HashMap<>();
        partitions.forEach(p -> times.put(p, Math.max(0, since.get().toEpochMilli())));
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        consumer.offsetsForTimes(times)
                .forEach((p, found) -> consumer.seek(p, from(found, ends, p)));
    }

    /** Reads on from the end as it is when this returns. */
    void fromEnd(Collection<TopicPartition> partitions) {
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        // seekToEnd is lazy: only position() makes it happen now.
        partitions.forEach(consumer::position);
    }

    Map<TopicPartition, Long> ends(Collection<TopicPartition> partitions) {
        return consumer.endOffsets(partitions);
    }

    boolean reached(Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream()
                .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    /** Offset of the next record to be read. */
    long position(TopicPartition partition) {
        return consumer.position(partition);
    }

    /** The next records of the request, within a moment; those that cannot be read say so. */
    List<Found> poll() {
        List<Found> found = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : all()) {
            if (Arrays.equals(record.key(), key)) {
                found.add(new Found(value(record), record.timestamp()));
            }
        }
        return found;
    }

    /** The next records of all requests, within a moment. */
    ConsumerRecords<byte[], byte[]> all() {
        return consumer.poll(POLL);
    }

    @Override
    public void close() {
        consumer.close(CloseOptions.timeout(Duration.ZERO));
    }

    private Object value(ConsumerRecord<byte[], byte[]> record) {
        try {
            return wire.decode(record.value());
        } catch (UndecodableException garbage) {
            return new Unreadable(record.topic(), record.partition(), record.offset());
        }
    }

    private static long from(
            @Nullable OffsetAndTimestamp found, Map<TopicPartition, Long> ends, TopicPartition p) {
        return found == null ? ends.getOrDefault(p, 0L) : found.offset();
    }

    /**
     * A record of the request.
     *
     * @param value what it holds, or an {@link Unreadable}
     * @param timestamp when the broker stored it, epoch ms
     */
    record Found(Object value, long timestamp) {}

    /** A record of the request that this client cannot read. */
    record Unreadable(String topic, int partition, long offset) {

        String place() {
            return topic + "-" + partition + "@" + offset;
        }

        Failure failure(String requestId) {
            return Failure.outcomeUnknown(
                    requestId,
                    ErrorCode.INTERNAL_ERROR,
                    "the record at " + place() + " cannot be read by this client");
        }
    }
}
