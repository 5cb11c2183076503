package dev.brigade.rest.ledger;

import dev.brigade.contract.error.ErrorCode;
import dev.brigade.contract.serde.AvroWire;
import dev.brigade.contract.serde.UndecodableException;
import dev.brigade.contract.topic.Topics;
import dev.brigade.rest.error.ApiError;
import dev.brigade.rest.error.ApiException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads both topics from their beginning, and goes on as they grow. */
final class LedgerReader {

    static final TopicPartition FILES = new TopicPartition(Topics.FILES, 0);
    static final TopicPartition BATCHES = new TopicPartition(Topics.BATCHES, 0);

    private static final Logger log = LoggerFactory.getLogger(LedgerReader.class);
    private static final Duration POLL = Duration.ofMillis(100);

    private final AvroWire wire;
    private final LedgerRecords records = new LedgerRecords();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition moved = lock.newCondition();
    private final Map<TopicPartition, Long> positions = new HashMap<>();
    private volatile boolean live;

    LedgerReader(AvroWire wire) {
        this.wire = wire;
    }

    LedgerRecords records() {
        if (!live) {
            throw new ApiException(
                    ApiError.of(ErrorCode.NOT_READY, "Files and batches are not read yet"));
        }
        return records;
    }

    boolean isLive() {
        return live;
    }

    /** Takes position; a consumer that follows a lost one goes on where that one was. */
    void begin(Consumer<byte[], byte[]> consumer) {
        List<TopicPartition> both = List.of(FILES, BATCHES);
        consumer.assign(both);
        consumer.seekToBeginning(both);
        lock.lock();
        try {
            positions.forEach(consumer::seek);
        } finally {
            lock.unlock();
        }
        Map<TopicPartition, Long> ends = consumer.endOffsets(both);
        while (!Thread.currentThread().isInterrupted()
                && ends.entrySet().stream()
                        .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            read(consumer);
        }
        live = true;
    }

    void read(Consumer<byte[], byte[]> consumer) {
        ConsumerRecords<byte[], byte[]> found = consumer.poll(POLL);
        for (ConsumerRecord<byte[], byte[]> one : found) {
            take(one);
        }
        lock.lock();
        try {
            positions.put(FILES, consumer.position(FILES));
            positions.put(BATCHES, consumer.position(BATCHES));
            moved.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void take(ConsumerRecord<byte[], byte[]> one) {
        if (one.key() == null) {
            return;
        }
        String key = new String(one.key(), StandardCharsets.UTF_8);
        try {
            records.take(
                    new Entry(
                            one.topic(),
                            key,
                            one.value() == null ? null : wire.decode(one.value())));
        } catch (UndecodableException e) {
            log.warn("a record on {} at {} cannot be read", one.topic(), one.offset(), e);
        }
    }

    /** Waits until everything before an offset was read; false when the patience is over. */
    boolean await(TopicPartition partition, long offset, Duration patience) {
        lock.lock();
        try {
            long left = patience.toNanos();
            while (Objects.requireNonNullElse(positions.get(partition), 0L) < offset && left > 0) {
                left = moved.awaitNanos(left);
            }
            return left > 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }
}
