package dev.brigade.client;

import dev.brigade.contract.error.ErrorCode;
import dev.brigade.contract.serde.AvroWire;
import dev.brigade.contract.serde.UndecodableException;
import dev.brigade.schema.Chunk;
import dev.brigade.schema.InferenceRequest;
import dev.brigade.schema.Reply;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * One request's records in the log. Reading begins at the time that the id tells, or at the oldest
 * record where it tells none. Has a consumer of its own; not safe for use by many threads.
 */
final class RequestLog implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(100);

    private final Consumer<byte[], byte[]> consumer;
    private final Layout layout;
    private final AvroWire wire;
    private final String id;
    private final byte[] key;

    RequestLog(Consumer<byte[], byte[]> consumer, Layout layout, AvroWire wire, String id) {
        this.consumer = consumer;
        this.layout = layout;
        this.wire = wire;
        this.id = id;
        this.key = id.getBytes(StandardCharsets.UTF_8);
    }

    /**
     * What the log says of the request up to now.
     *
     * @throws BrigadeException {@code not_ready} when it could not be read to its end in time
     */
    Optional<RequestState> find(Duration timeout) {
        long giveUpAt = System.nanoTime() + timeout.toNanos();
        TopicPartition requests = layout.request(id);
        TopicPartition replies = layout.replies(layout.replyPartition(id));
        seek(List.of(requests, replies));
        Map<TopicPartition, Long> ends = consumer.endOffsets(List.of(requests, replies));
        RequestState.@Nullable Open open = null;
        while (!reached(ends)) {
            if (System.nanoTime() - giveUpAt >= 0) {
                throw new BrigadeException(tooLong(timeout));
            }
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                Optional<Object> value = ours(record);
                if (value.orElse(null) instanceof Reply reply) {
                    return Optional.of(new RequestState.Ended(reply));
                }
                if (open == null && value.orElse(null) instanceof InferenceRequest request) {
                    open = new RequestState.Open(Instant.ofEpochMilli(record.timestamp()), request);
                }
            }
        }
        return Optional.ofNullable(open);
    }

    /**
     * Reads chunks, and the terminal where it is not known yet, until the request ends or time is
     * up. Until the log as it is now has been read, no text behind {@code startingAfter} is shown:
     * the reader does not have it, so it need not agree with the attempt that wins.
     */
    void follow(OpenRequest into, long startingAfter, @Nullable Reply known, long giveUpAtNanos) {
        if (known != null && startingAfter == 0) {
            into.end(known);
            return;
        }
        int partition = layout.replyPartition(id);
        TopicPartition tokens = layout.tokens(partition);
        seek(known == null ? List.of(tokens, layout.replies(partition)) : List.of(tokens));
        into.hold(startingAfter);
        Reply terminal = replay(into, consumer.endOffsets(List.of(tokens)), known, giveUpAtNanos);
        into.release();
        if (terminal != null) {
            into.end(terminal);
        }
        RecordRouter router = new RecordRouter(wire, key -> key.equals(id) ? into : null);
        while (!into.ended() && System.nanoTime() - giveUpAtNanos < 0) {
            consumer.poll(POLL).forEach(router::route);
        }
    }

    /** Takes the chunks up to some offsets, and gives the terminal if it came by. */
    private @Nullable Reply replay(
            OpenRequest into,
            Map<TopicPartition, Long> ends,
            @Nullable Reply known,
            long giveUpAtNanos) {
        Reply terminal = known;
        while (!reached(ends) && !into.ended() && System.nanoTime() - giveUpAtNanos < 0) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                Object value = ours(record).orElse(null);
                if (value instanceof Chunk chunk) {
                    into.take(chunk);
                } else if (terminal == null && value instanceof Reply reply) {
                    terminal = reply;
                }
            }
        }
        return terminal;
    }

    @Override
    public void close() {
        consumer.close(CloseOptions.timeout(Duration.ZERO));
    }

    /** The record's value, where it is one of this request and can be read. */
    private Optional<Object> ours(ConsumerRecord<byte[], byte[]> record) {
        if (!Arrays.equals(record.key(), key)) {
            return Optional.empty();
        }
        try {
            return Optional.of(wire.decode(record.value()));
        } catch (UndecodableException garbage) {
            return Optional.empty();
        }
    }

    private boolean reached(Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream()
                .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    private void seek(Collection<TopicPartition> partitions) {
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

    private static long from(
            @Nullable OffsetAndTimestamp found, Map<TopicPartition, Long> ends, TopicPartition p) {
        return found == null ? ends.getOrDefault(p, 0L) : found.offset();
    }

    private Failure tooLong(Duration timeout) {
        return Failure.outcomeUnknown(
                id,
                ErrorCode.NOT_READY,
                "the log could not be read to its end within " + timeout.toMillis() + " ms");
    }
}
