package dev.brigade.client;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that reads chunks and terminals of this client's requests. It reads the client's
 * own partition from the start, and further ones from when a request first needs them; always from
 * the end as it is before that request is sent.
 */
final class ReplyReader implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(ReplyReader.class);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final long PAUSE_NANOS = Duration.ofMillis(200).toNanos();

    private final Consumer<byte[], byte[]> consumer;
    private final Layout layout;
    private final RecordRouter router;
    private final Set<TopicPartition> assigned = new HashSet<>();
    private final Map<Integer, CompletableFuture<Void>> positioned = new ConcurrentHashMap<>();
    private final BlockingQueue<Integer> wanted;
    private volatile boolean closing;

    ReplyReader(Consumer<byte[], byte[]> consumer, Layout layout, RecordRouter router) {
        this.consumer = consumer;
        this.layout = layout;
        this.router = router;
        this.wanted = new ArrayBlockingQueue<>(layout.replyPartitions());
    }

    /** Takes position on the first partition; to be called before the thread is started. */
    void begin(int partition) {
        positionAtEnd(partition);
        positioned.put(partition, CompletableFuture.completedFuture(null));
    }

    /** Done when a partition is read; each is asked for once, so the queue never overflows. */
    CompletableFuture<Void> reads(int partition) {
        return positioned.computeIfAbsent(
                partition,
                p -> {
                    wanted.add(p);
                    return new CompletableFuture<>();
                });
    }

    @Override
    public void run() {
        try {
            while (!closing) {
                readOnce();
            }
        } finally {
            positioned.values().forEach(p -> p.cancel(false));
            consumer.close(CloseOptions.timeout(Duration.ZERO));
        }
    }

    void close() {
        closing = true;
    }

    private void readOnce() {
        try {
            takeWanted();
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                router.route(record);
            }
        } catch (RuntimeException e) {
            // Every open request hangs on this thread: it goes on, whatever came.
            LOG.warn("replies cannot be read at the moment", e);
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private void takeWanted() {
        Integer partition = wanted.poll();
        if (partition == null) {
            return;
        }
        CompletableFuture<Void> asked = reads(partition);
        try {
            positionAtEnd(partition);
            asked.complete(null);
        } catch (KafkaException e) {
            positioned.remove(partition);
            asked.completeExceptionally(e);
        }
    }

    private void positionAtEnd(int partition) {
        List<TopicPartition> added = List.of(layout.tokens(partition), layout.replies(partition));
        Set<TopicPartition> all = new HashSet<>(assigned);
        all.addAll(added);
        consumer.assign(all);
        consumer.seekToEnd(added);
        try {
            // seekToEnd is lazy: only position() makes it happen before the request is sent.
            added.forEach(consumer::position);
            assigned.addAll(added);
        } catch (KafkaException e) {
            consumer.assign(assigned);
            throw e;
        }
    }
}
