package dev.brigade.client;

import dev.brigade.contract.error.ErrorCode;
import dev.brigade.contract.serde.AvroWire;
import dev.brigade.schema.Chunk;
import dev.brigade.schema.InferenceRequest;
import dev.brigade.schema.Reply;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * One request's records in the log. Reading begins at the time that the id tells, or at the oldest
 * record where it tells none. Not safe for use by many threads.
 */
final class RequestLog implements AutoCloseable {

    private final RequestRecords records;
    private final Layout layout;
    private final AvroWire wire;
    private final String id;

    RequestLog(RequestRecords records, Layout layout, AvroWire wire, String id) {
        this.records = records;
        this.layout = layout;
        this.wire = wire;
        this.id = id;
    }

    /**
     * What the log says of the request up to now.
     *
     * @throws BrigadeException {@code not_ready} when it could not be read to its end in time
     */
    Optional<RequestState> find(Duration timeout) {
        long giveUpAt = System.nanoTime() + timeout.toNanos();
        List<TopicPartition> partitions =
                List.of(layout.request(id), layout.replies(layout.replyPartition(id)));
        records.fromStart(partitions);
        Map<TopicPartition, Long> ends = records.ends(partitions);
        RequestState.@Nullable Open open = null;
        while (!records.reached(ends)) {
            if (System.nanoTime() - giveUpAt >= 0) {
                throw tooLong(timeout);
            }
            for (RequestRecords.Found found : records.poll()) {
                if (found.value() instanceof Reply reply) {
                    return Optional.of(new RequestState.Ended(reply));
                }
                if (open == null && found.value() instanceof InferenceRequest request) {
                    open = new RequestState.Open(Instant.ofEpochMilli(found.timestamp()), request);
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
        records.fromStart(
                known == null ? List.of(tokens, layout.replies(partition)) : List.of(tokens));
        into.hold(startingAfter);
        Reply terminal = replay(into, records.ends(List.of(tokens)), known, giveUpAtNanos);
        into.release();
        if (terminal != null) {
            into.end(terminal);
        }
        RecordRouter router = new RecordRouter(wire, key -> key.equals(id) ? into : null);
        while (!into.ended() && System.nanoTime() - giveUpAtNanos < 0) {
            records.all().forEach(router::route);
        }
    }

    /** Takes the chunks up to some offsets, and gives the terminal if it came by. */
    private @Nullable Reply replay(
            OpenRequest into,
            Map<TopicPartition, Long> ends,
            @Nullable Reply known,
            long giveUpAtNanos) {
        Reply terminal = known;
        while (!records.reached(ends) && !into.ended() && System.nanoTime() - giveUpAtNanos < 0) {
            for (RequestRecords.Found found : records.poll()) {
                if (found.value() instanceof Chunk chunk) {
                    into.take(chunk);
                } else if (terminal == null && found.value() instanceof Reply reply) {
                    terminal = reply;
                }
            }
        }
        return terminal;
    }

    @Override
    public void close() {
        records.close();
    }

    private BrigadeException tooLong(Duration timeout) {
        return new BrigadeException(
                Failure.outcomeUnknown(
                        id,
                        ErrorCode.NOT_READY,
                        "the log could not be read to its end within "
                                + timeout.toMillis()
                                + " ms"));
    }
}
