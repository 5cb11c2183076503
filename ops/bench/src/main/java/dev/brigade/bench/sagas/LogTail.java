package dev.brigade.bench.sagas;

import dev.brigade.bench.programs.CommittedLog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;

/** Reads some topics from their end on, read_committed. */
final class LogTail implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(100);
    private static final long QUIET_NANOS = TimeUnit.MILLISECONDS.toNanos(700);
    private static final long LIMIT_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final KafkaConsumer<String, byte[]> consumer;

    LogTail(String bootstrapServers, Collection<String> topics) {
        consumer = CommittedLog.fromTheEnd(bootstrapServers, topics);
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
