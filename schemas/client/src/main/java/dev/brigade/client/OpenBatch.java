package dev.brigade.client;

import dev.brigade.contract.error.ErrorCode;
import dev.brigade.contract.topic.Topics;
import dev.brigade.schema.Chunk;
import dev.brigade.schema.Reply;
import dev.brigade.schema.ResultPart;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A batch that is being read. One thread reads the log into it and calls the listener. */
final class OpenBatch implements BatchHandle, Followed {

    private static final Logger LOG = LoggerFactory.getLogger(OpenBatch.class);

    private final String requestId;
    private final BatchListener listener;
    private final Function<String, CompletableFuture<Void>> canceller;
    private final CompletableFuture<Void> stored = new CompletableFuture<>();
    private final CompletableFuture<BatchAnswer> answer = new CompletableFuture<>();
    private volatile String current;
    private volatile boolean silenced;
    private volatile boolean ended;
    private final int firstPart;
    private BatchAssembler assembler;
    private BatchEnding.@Nullable Elsewhere elsewhere;

    OpenBatch(
            String requestId,
            int firstPart,
            BatchListener listener,
            Function<String, CompletableFuture<Void>> canceller) {
        this.requestId = requestId;
        this.current = requestId;
        this.listener = listener;
        this.canceller = canceller;
        this.firstPart = firstPart;
        this.assembler = new BatchAssembler(firstPart);
    }

    @Override
    public String requestId() {
        return requestId;
    }

    @Override
    public String id() {
        return requestId;
    }

    @Override
    public CompletableFuture<Void> stored() {
        return stored;
    }

    @Override
    public CompletableFuture<BatchAnswer> answer() {
        return answer;
    }

    @Override
    public CompletableFuture<Void> cancel() {
        return canceller.apply(current);
    }

    @Override
    public void detach() {
        silenced = true;
        fail(
                Failure.outcomeUnknown(
                        requestId,
                        ErrorCode.CANCELLED,
                        "the reader was detached; the batch goes on"));
    }

    @Override
    public void fail(Failure failure) {
        ended = true;
        BrigadeException cause = new BrigadeException(failure);
        stored.completeExceptionally(cause);
        answer.completeExceptionally(cause);
    }

    /** Whether more of the log is wanted. */
    boolean reading() {
        return !ended && elsewhere == null;
    }

    /** The broker has the request. */
    void isStored() {
        stored.complete(null);
    }

    boolean knowsTerminal() {
        return assembler.knowsTerminal();
    }

    /** Takes records in the order of the log, and tells the listener. */
    void take(List<Object> values) {
        for (Object value : values) {
            if (ended) {
                return;
            }
            switch (value) {
                case ResultPart part -> {
                    if (assembler.take(current, part)) {
                        tell(to -> to.onPart(part));
                    }
                }
                case Chunk chunk -> assembler.take(chunk);
                case Reply reply -> assembler.end(reply);
                case RequestRecords.Unreadable unreadable -> skip(unreadable);
                default -> {
                    // Of another kind than a batch has: none of its topics carries it.
                }
            }
        }
        assembler.newestProgress().ifPresent(newest -> tell(to -> to.onProgress(newest)));
        assembler.ending().ifPresent(this::end);
    }

    /**
     * Goes on with the batch that this one repeats, and gives its id; empty where it repeats none.
     */
    Optional<String> moveOn() {
        BatchEnding.Elsewhere to = elsewhere;
        if (ended || to == null) {
            return Optional.empty();
        }
        elsewhere = null;
        assembler = new BatchAssembler(firstPart);
        current = to.originalRequestId();
        return Optional.of(current);
    }

    private void end(BatchEnding ending) {
        switch (ending) {
            case BatchEnding.Completed completed -> {
                ended = true;
                stored.complete(null);
                answer.complete(completed.answer());
            }
            case BatchEnding.Failed failed -> {
                stored.complete(null);
                fail(failed.failure());
            }
            case BatchEnding.Elsewhere to -> elsewhere = to;
        }
    }

    private void skip(RequestRecords.Unreadable record) {
        LOG.warn("a record of batch {} at {} cannot be read", current, record.place());
        if (!record.topic().equals(Topics.TOKENS)) {
            fail(record.failure(requestId));
        }
    }

    private void tell(Consumer<BatchListener> what) {
        if (silenced) {
            return;
        }
        try {
            what.accept(listener);
        } catch (RuntimeException e) {
            silenced = true;
            LOG.warn("the listener of batch {} failed and is called no more", requestId, e);
        }
    }
}
