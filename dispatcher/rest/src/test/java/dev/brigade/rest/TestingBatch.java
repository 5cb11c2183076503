package dev.brigade.rest;

import dev.brigade.client.BatchAnswer;
import dev.brigade.client.BatchHandle;
import dev.brigade.client.BatchListener;
import dev.brigade.client.BatchProgress;
import dev.brigade.client.BrigadeException;
import dev.brigade.client.Failure;
import dev.brigade.contract.error.ErrorCode;
import dev.brigade.schema.BatchSummary;
import dev.brigade.schema.Classification;
import dev.brigade.schema.ImageResult;
import dev.brigade.schema.Reply;
import dev.brigade.schema.ReplyError;
import dev.brigade.schema.ReplyStatus;
import dev.brigade.schema.ResultPart;
import dev.brigade.schema.Usage;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A batch to which a script happens. */
final class TestingBatch implements BatchHandle {

    static final String MODEL = "vision";

    private final String id;
    private final BatchListener listener;
    private final List<String> cancelled;
    private final CompletableFuture<Void> stored = new CompletableFuture<>();
    private final CompletableFuture<BatchAnswer> answer = new CompletableFuture<>();
    private final CountDownLatch left = new CountDownLatch(1);
    private int parts;

    TestingBatch(String id, int firstPart, BatchListener listener, List<String> cancelled) {
        this.id = id;
        this.parts = firstPart;
        this.listener = listener;
        this.cancelled = cancelled;
    }

    void store() {
        stored.complete(null);
    }

    void progress(int done, int failed, int total) {
        listener.onProgress(new BatchProgress(done, failed, total, 12.5, OptionalLong.of(800)));
    }

    void part(ImageResult... results) {
        listener.onPart(partOf(id, parts, results));
        parts++;
    }

    /** Ends as completed with so many images classified and failed. */
    void done(int done, int failed) {
        BatchSummary summary = summary(done, failed, done + failed, parts);
        Reply reply = ended(id, ReplyStatus.COMPLETED, summary);
        answer.complete(new BatchAnswer(id, MODEL, summary, reply));
    }

    void end(Reply reply) {
        ErrorCode code = ErrorCode.ofWireName(reply.getError().getCode()).orElseThrow();
        fail(new Failure(id, code, "no more", null, code.retriable(), true, reply));
    }

    void fail(ErrorCode code, @Nullable String param, String message) {
        fail(new Failure(id, code, message, param, code.retriable(), true, null));
    }

    private void fail(Failure failure) {
        BrigadeException e = new BrigadeException(failure);
        stored.completeExceptionally(e);
        answer.completeExceptionally(e);
    }

    /** Waits until the adapter has cancelled the batch or has left it. */
    void awaitLeft() throws InterruptedException {
        if (!left.await(20, TimeUnit.SECONDS)) {
            throw new IllegalStateException("the adapter stayed");
        }
    }

    static ResultPart partOf(String id, int number, ImageResult... results) {
        return ResultPart.newBuilder()
                .setRequestId(id)
                .setPart(number)
                .setModel(MODEL)
                .setItems(Arrays.asList(results))
                .setAt(1_763_632_800_500L)
                .build();
    }

    static ImageResult image(int index, String path, String label) {
        return ImageResult.newBuilder()
                .setIndex(index)
                .setPath(path)
                .setClassification(
                        Classification.newBuilder().setLabel(label).setConfidence(0.9).build())
                .build();
    }

    static ImageResult broken(int index, String path, ErrorCode code) {
        return ImageResult.newBuilder()
                .setIndex(index)
                .setPath(path)
                .setError(
                        ReplyError.newBuilder()
                                .setCode(code.wireName())
                                .setMessage("no good")
                                .setRetriable(false)
                                .build())
                .build();
    }

    static BatchSummary summary(int done, int failed, int total, int parts) {
        return BatchSummary.newBuilder()
                .setTotal(total)
                .setDone(done)
                .setFailed(failed)
                .setLabels(Map.of("technical", (long) done))
                .setSeconds(2)
                .setPerSecond(1.5)
                .setParts(parts)
                .build();
    }

    static Reply ended(String id, ReplyStatus status, @Nullable BatchSummary summary) {
        Reply.Builder reply =
                Reply.newBuilder()
                        .setRequestId(id)
                        .setStatus(status)
                        .setModel(MODEL)
                        .setText("")
                        .setUsage(new Usage(0, 0))
                        .setOutput(summary)
                        .setReceivedAt(1_763_632_800_000L)
                        .setFinishedAt(1_763_632_802_000L);
        if (status != ReplyStatus.COMPLETED) {
            ErrorCode code =
                    status == ReplyStatus.CANCELLED
                            ? ErrorCode.CANCELLED
                            : ErrorCode.DEADLINE_EXCEEDED;
            reply.setError(
                    ReplyError.newBuilder()
                            .setCode(code.wireName())
                            .setMessage("no more")
                            .setRetriable(false)
                            .build());
        }
        return reply.build();
    }

    @Override
    public String requestId() {
        return id;
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
        cancelled.add(id);
        left.countDown();
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public void detach() {
        left.countDown();
    }
}
