package dev.brigade.client;

import dev.brigade.contract.error.ErrorCode;
import dev.brigade.schema.ImageBatchInput;
import dev.brigade.schema.InferenceRequest;
import dev.brigade.schema.Reply;
import dev.brigade.schema.ReplyStatus;
import dev.brigade.schema.ResultPart;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Sends batches and reads them from the log, each on a thread of its own. */
final class Batches {

    private static final int MAX_HOPS = 2;

    private final ClientSettings settings;
    private final Function<String, RequestLog> requestLogs;
    private final Function<String, BatchLog> batchLogs;
    private final RequestSender sender;
    private final LogThreads threads;
    private final Function<String, CompletableFuture<Void>> canceller;

    Batches(
            ClientSettings settings,
            Function<String, RequestLog> requestLogs,
            Function<String, BatchLog> batchLogs,
            RequestSender sender,
            LogThreads threads,
            Function<String, CompletableFuture<Void>> canceller) {
        this.settings = settings;
        this.requestLogs = requestLogs;
        this.batchLogs = batchLogs;
        this.sender = sender;
        this.threads = threads;
        this.canceller = canceller;
    }

    /** Sends a batch when its partitions are read. */
    BatchHandle send(
            String id,
            InferenceRequest request,
            @Nullable String traceparent,
            BatchListener listener) {
        OpenBatch batch = new OpenBatch(id, 0, listener, canceller);
        threads.start(
                batch,
                () -> {
                    sendAndRead(batch, request, traceparent);
                    followOriginal(batch);
                });
        return batch;
    }

    /** Reads a batch that was sent earlier. */
    BatchHandle follow(String id, int firstPart, BatchListener listener) {
        OpenBatch batch = new OpenBatch(id, firstPart, listener, canceller);
        threads.start(
                batch,
                () -> {
                    readEarlier(batch, id);
                    followOriginal(batch);
                });
        return batch;
    }

    /** Reads what there is of a batch's results on the caller's thread. */
    BatchResults results(String id, int firstPart, Consumer<ResultPart> each) {
        @Nullable Reply ended = Followers.replyIn(require(id));
        try (BatchLog log = batchLogs.apply(id)) {
            int next = log.results(firstPart, ended, each, settings.lookupTimeout());
            return new BatchResults(next, Optional.ofNullable(ended));
        }
    }

    /** What the log says of a batch; empty where it says nothing, or of another kind of request. */
    Optional<BatchState> find(String id) {
        Optional<RequestState> state = state(id);
        if (state.isEmpty() || !isBatch(state.get())) {
            return Optional.empty();
        }
        return switch (state.get()) {
            case RequestState.Ended ended -> Optional.of(new BatchState(ended, Optional.empty()));
            case RequestState.Open open -> Optional.of(new BatchState(open, progress(id, open)));
        };
    }

    /** What was told of it within the hour that chunks are kept; else what its results say. */
    private Optional<BatchProgress> progress(String id, RequestState.Open open) {
        try (BatchLog log = batchLogs.apply(id)) {
            return log.findProgress(settings.lookupTimeout())
                    .or(() -> log.countResults(open.request(), settings.lookupTimeout()));
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // A failure ends the batch itself.
    private void sendAndRead(
            OpenBatch batch, InferenceRequest request, @Nullable String traceparent) {
        try (BatchLog log = batchLogs.apply(batch.id())) {
            log.positionForNewBatch();
            sender.send(batch.id(), request, traceparent).whenComplete((done, e) -> sent(batch, e));
            Duration allowed =
                    Duration.ofMillis(request.getDeadlineMs()).plus(settings.replyGrace());
            log.read(batch, System.nanoTime() + allowed.toNanos(), settings.lookupTimeout());
        }
    }

    private void sent(OpenBatch batch, @Nullable Throwable e) {
        if (e == null) {
            batch.isStored();
            return;
        }
        Throwable root = e instanceof CompletionException ? e.getCause() : e;
        batch.fail(
                root instanceof BrigadeException known
                        ? known.failure()
                        : Failure.certain(batch.id(), ErrorCode.NOT_READY, settings.unreachable()));
    }

    private void readEarlier(OpenBatch batch, String id) {
        RequestState state = require(id);
        batch.isStored();
        try (BatchLog log = batchLogs.apply(id)) {
            log.positionForEarlierBatch();
            Duration left = Followers.left(settings, state);
            log.read(batch, System.nanoTime() + left.toNanos(), settings.lookupTimeout());
        }
    }

    /** Goes on with the original of a batch that repeats it; for all others nothing is left. */
    private void followOriginal(OpenBatch batch) {
        for (int hop = 0; hop < MAX_HOPS; hop++) {
            Optional<String> original = batch.moveOn();
            if (original.isEmpty()) {
                return;
            }
            readEarlier(batch, original.get());
        }
        batch.fail(
                Failure.certain(
                        batch.id(),
                        ErrorCode.DUPLICATE_REQUEST,
                        "the batch repeats one that repeats others"));
    }

    private RequestState require(String id) {
        return state(id)
                .filter(Batches::isBatch)
                .orElseThrow(() ->
                        new BrigadeException(
                                Failure.certain(
                                        id,
                                        ErrorCode.BATCH_NOT_FOUND,
                                        "no such batch, or it is past retention")));
    }

    private Optional<RequestState> state(String id) {
        try (RequestLog log = requestLogs.apply(id)) {
            return log.find(settings.lookupTimeout());
        }
    }

    /** A batch that never began has no summary, and so does a request of another kind. */
    private static boolean isBatch(RequestState state) {
        return switch (state) {
            case RequestState.Open open -> open.request().getInput() instanceof ImageBatchInput;
            case RequestState.Ended ended ->
                    ended.reply().getStatus() != ReplyStatus.COMPLETED
                            || BatchAnswer.summary(ended.reply()).isPresent();
        };
    }
}
