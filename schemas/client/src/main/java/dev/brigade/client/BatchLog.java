package dev.brigade.client;

import dev.brigade.contract.error.ErrorCode;
import dev.brigade.schema.Chunk;
import dev.brigade.schema.Reply;
import dev.brigade.schema.ResultPart;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** One batch's results, progress and terminal in the log. Not safe for use by many threads. */
final class BatchLog implements AutoCloseable {

    private final RequestRecords records;
    private final Layout layout;
    private final String id;

    BatchLog(RequestRecords records, Layout layout, String id) {
        this.records = records;
        this.layout = layout;
        this.id = id;
    }

    /**
     * The newest progress of a batch up to now.
     *
     * @throws BrigadeException {@code not_ready} when it could not be read to its end in time
     */
    Optional<BatchProgress> findProgress(Duration timeout) {
        long giveUpAt = System.nanoTime() + timeout.toNanos();
        List<TopicPartition> tokens = List.of(layout.tokens(layout.replyPartition(id)));
        records.fromStart(tokens);
        Map<TopicPartition, Long> ends = records.ends(tokens);
        BatchAssembler assembler = new BatchAssembler(0);
        while (!records.reached(ends)) {
            if (System.nanoTime() - giveUpAt >= 0) {
                throw tooLong(timeout);
            }
            for (RequestRecords.Found found : records.poll()) {
                if (found.value() instanceof Chunk chunk) {
                    assembler.take(chunk);
                }
            }
        }
        return assembler.newestProgress();
    }

    /** Takes position for a batch that is about to be sent: behind all that is there. */
    void positionForNewBatch() {
        records.fromEnd(batchPartitions());
    }

    /** Takes position for a batch that was sent earlier. */
    void positionForEarlierBatch() {
        records.fromStart(batchPartitions());
    }

    private List<TopicPartition> batchPartitions() {
        int partition = layout.replyPartition(id);
        return List.of(
                layout.results(partition), layout.tokens(partition), layout.replies(partition));
    }

    /**
     * Hands a batch what comes, until it ends. Without a terminal until a time, or without any
     * record for so long though results are still to come, it fails.
     */
    void read(OpenBatch into, long giveUpAtNanos, Duration patience) {
        long quietSince = System.nanoTime();
        while (into.reading()) {
            List<RequestRecords.Found> found = records.poll();
            into.take(found.stream().map(RequestRecords.Found::value).toList());
            long now = System.nanoTime();
            if (!found.isEmpty()) {
                quietSince = now;
            }
            if (into.knowsTerminal() && now - quietSince > patience.toNanos()) {
                into.fail(tooLong(patience).failure());
            } else if (!into.knowsTerminal() && now - giveUpAtNanos >= 0) {
                into.fail(noTerminal());
            }
        }
    }

    /**
     * Hands over a batch's results: all of one that has ended, else those that are there now.
     *
     * @param known its terminal, where it has ended
     * @throws BrigadeException {@code not_ready} when nothing came for too long, {@code
     *     batch_not_found} when results are missing
     */
    int results(int fromPart, @Nullable Reply known, Consumer<ResultPart> each, Duration patience) {
        List<TopicPartition> results = List.of(layout.results(layout.replyPartition(id)));
        records.fromStart(results);
        Map<TopicPartition, Long> ends = records.ends(results);
        BatchAssembler assembler = new BatchAssembler(fromPart);
        if (known != null) {
            assembler.end(known);
        }
        long quietSince = System.nanoTime();
        while (known == null ? !records.reached(ends) : assembler.ending().isEmpty()) {
            long taken = assembler.nextPart();
            for (RequestRecords.Found found : records.poll()) {
                if (found.value() instanceof ResultPart part && assembler.take(id, part)) {
                    each.accept(part);
                }
            }
            if (assembler.nextPart() > taken) {
                quietSince = System.nanoTime();
            } else if (System.nanoTime() - quietSince > patience.toNanos()) {
                throw tooLong(patience);
            }
        }
        return assembler.nextPart();
    }

    @Override
    public void close() {
        records.close();
    }

    private Failure noTerminal() {
        return Failure.outcomeUnknown(
                id,
                ErrorCode.DEADLINE_EXCEEDED,
                "no terminal in time; it may still come: find(requestId) tells");
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
