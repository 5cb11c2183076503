package dev.brigade.client;

import dev.brigade.contract.error.ErrorCode;
import dev.brigade.schema.Chunk;
import dev.brigade.schema.ImageBatchInput;
import dev.brigade.schema.InferenceRequest;
import dev.brigade.schema.Reply;
import dev.brigade.schema.ResultPart;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
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

    /**
     * How far an open batch is by the results that are there; empty when there are none.
     *
     * @throws BrigadeException as {@link #results}
     */
    Optional<BatchProgress> countResults(InferenceRequest request, Duration patience) {
        AtomicInteger done = new AtomicInteger();
        AtomicInteger failed = new AtomicInteger();
        results(
                0,
                null,
                part ->
                        part.getItems()
                                .forEach(image ->
                                        (image.getError() == null ? done : failed)
                                                .incrementAndGet()),
                patience);
        return done.get() + failed.get() == 0
                ? Optional.empty()
                : Optional.of(
                        new BatchProgress(
                                done.get(),
                                failed.get(),
                                listed(request),
                                0,
                                OptionalLong.empty()));
    }

    /** Images that the request itself lists. */
    private static int listed(InferenceRequest request) {
        return request.getInput() instanceof ImageBatchInput input
                ? input.getPaths().size() + input.getItems().size()
                : 0;
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
        return List.of(results(), layout.tokens(partition), layout.replies(partition));
    }

    /**
     * Hands a batch what comes, until it ends. Without a terminal until a time, or without getting
     * on for so long though results are still to come, it fails.
     */
    void read(OpenBatch into, long giveUpAtNanos, Duration patience) {
        Catching catching = null;
        while (into.reading()) {
            into.take(records.poll().stream().map(RequestRecords.Found::value).toList());
            if (!into.reading()) {
                return;
            }
            if (!into.knowsTerminal()) {
                if (System.nanoTime() - giveUpAtNanos >= 0) {
                    into.fail(noTerminal());
                }
            } else if (catching == null) {
                catching = new Catching(patience);
            } else if (catching.isOver()) {
                into.fail(tooLong(patience).failure());
            }
        }
    }

    /**
     * Hands over a batch's results: all of one that has ended, else those that are there now.
     *
     * @param known its terminal, where it has ended
     * @return number of the part behind the last
     * @throws BrigadeException {@code not_ready} when reading did not get on for too long, {@code
     *     batch_not_found} when results are past retention
     */
    int results(int fromPart, @Nullable Reply known, Consumer<ResultPart> each, Duration patience) {
        records.fromStart(List.of(results()));
        BatchAssembler assembler = new BatchAssembler(fromPart);
        if (known != null) {
            assembler.end(known);
        }
        Catching catching = new Catching(patience);
        while (known == null ? !catching.caughtUp() : assembler.ending().isEmpty()) {
            for (RequestRecords.Found found : records.poll()) {
                part(found).filter(part -> assembler.take(id, part)).ifPresent(each);
            }
            if (catching.isOver()) {
                throw tooLong(patience);
            }
        }
        return assembler.nextPart();
    }

    private Optional<ResultPart> part(RequestRecords.Found found) {
        return switch (found.value()) {
            case ResultPart part -> Optional.of(part);
            case RequestRecords.Unreadable garbage ->
                    throw new BrigadeException(garbage.failure(id));
            default -> Optional.empty();
        };
    }

    private TopicPartition results() {
        return layout.results(layout.replyPartition(id));
    }

    /**
     * Whether reading of results gets on. All results are on the log before their terminal is seen,
     * but a transaction's partitions show it one after the other: so there is some time for them,
     * also behind the end as it was.
     */
    private final class Catching {

        private final Duration patience;
        private final Map<TopicPartition, Long> ends = records.ends(List.of(results()));
        private long position = -1;
        private long since = System.nanoTime();

        private Catching(Duration patience) {
            this.patience = patience;
        }

        boolean caughtUp() {
            return records.reached(ends);
        }

        boolean isOver() {
            long now = System.nanoTime();
            long reached = records.position(results());
            if (reached > position && !caughtUp()) {
                since = now;
            }
            position = reached;
            return now - since > patience.toNanos();
        }
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
