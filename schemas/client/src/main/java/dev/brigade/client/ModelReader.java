package dev.brigade.client;

import dev.brigade.contract.topic.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that keeps the {@link ModelBoard}. Descriptions are read from the first on. Heartbeats
 * only from the last minutes: older ones have run out, and compaction may leave very many.
 */
final class ModelReader implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(ModelReader.class);
    private static final Duration HEARTBEAT_HISTORY = Duration.ofMinutes(10);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final long PAUSE_NANOS = Duration.ofMillis(200).toNanos();

    private final Consumer<byte[], byte[]> consumer;
    private final ModelBoard board;
    private final CompletableFuture<Void> caughtUp = new CompletableFuture<>();
    private volatile boolean closing;

    ModelReader(Consumer<byte[], byte[]> consumer, ModelBoard board) {
        this.consumer = consumer;
        this.board = board;
    }

    /** Done when all was read that was there at the start. */
    CompletableFuture<Void> caughtUp() {
        return caughtUp;
    }

    void close() {
        closing = true;
    }

    @Override
    public void run() {
        try (consumer) {
            read();
        }
    }

    private void read() {
        Map<TopicPartition, Long> ends = Map.of();
        while (!closing) {
            try {
                if (ends.isEmpty()) {
                    ends = begin();
                }
                consumer.poll(POLL).forEach(board::take);
                if (!caughtUp.isDone() && reached(ends)) {
                    board.goLive();
                    caughtUp.complete(null);
                }
            } catch (KafkaException e) {
                LOG.warn("models and workers cannot be read at the moment", e);
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }

    private Map<TopicPartition, Long> begin() {
        List<TopicPartition> models = partitions(Topics.MODELS);
        List<TopicPartition> workers = partitions(Topics.WORKERS);
        List<TopicPartition> all = new ArrayList<>(models);
        all.addAll(workers);
        consumer.assign(all);
        Map<TopicPartition, Long> ends = consumer.endOffsets(all);
        consumer.seekToBeginning(models);
        long since = System.currentTimeMillis() - HEARTBEAT_HISTORY.toMillis();
        Map<TopicPartition, OffsetAndTimestamp> recent =
                consumer.offsetsForTimes(
                        workers.stream().collect(Collectors.toMap(p -> p, p -> since)));
        recent.forEach((p, found) ->
                consumer.seek(p, found == null ? ends.getOrDefault(p, 0L) : found.offset()));
        return ends;
    }

    private List<TopicPartition> partitions(String topic) {
        List<PartitionInfo> found = consumer.partitionsFor(topic);
        if (found == null || found.isEmpty()) {
            throw new KafkaException("topic " + topic + " does not exist");
        }
        return found.stream().map(p -> new TopicPartition(topic, p.partition())).toList();
    }

    private boolean reached(Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream()
                .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }
}
