package dev.brigade.rest;

import dev.brigade.client.Answer;
import dev.brigade.client.BrigadeException;
import dev.brigade.client.Failure;
import dev.brigade.client.MapProgress;
import dev.brigade.client.StageUpdate;
import dev.brigade.client.StreamHandle;
import dev.brigade.client.StreamListener;
import dev.brigade.client.TextDelta;
import dev.brigade.contract.error.ErrorCode;
import dev.brigade.schema.InferenceRequest;
import dev.brigade.schema.OrchestrationReport;
import dev.brigade.schema.Reply;
import dev.brigade.schema.ReplyStatus;
import dev.brigade.schema.Usage;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A request to which a script happens. */
final class TestingRequest implements StreamHandle {

    static final String MODEL = "tiny";

    private final String id;
    private final StreamListener listener;
    private final List<String> cancelled;
    private final CompletableFuture<Answer> answer = new CompletableFuture<>();
    private final CountDownLatch left = new CountDownLatch(1);
    private final StringBuilder text = new StringBuilder();
    private long cursor;
    private @Nullable InferenceRequest sent;

    TestingRequest(String id, long startingAfter, StreamListener listener, List<String> cancelled) {
        this.id = id;
        this.cursor = startingAfter;
        this.listener = listener;
        this.cancelled = cancelled;
    }

    TestingRequest of(InferenceRequest request) {
        sent = request;
        return this;
    }

    /** What was sent. */
    InferenceRequest sent() {
        return java.util.Objects.requireNonNull(sent);
    }

    void start() {
        listener.onStarted(id, MODEL);
    }

    void say(String piece) {
        text.append(piece);
        cursor += piece.length();
        listener.onText(new TextDelta(piece, cursor));
    }

    void stage(StageUpdate update) {
        listener.onStage(update);
    }

    void progress(int done, int failed, int total) {
        listener.onProgress(new MapProgress(done, failed, total));
    }

    void done() {
        done(reply(id, text.toString(), null));
    }

    void done(Reply reply) {
        Answer done = Answer.of(reply);
        listener.onDone(done);
        answer.complete(done);
    }

    /** Ends with an output that is no text. */
    void done(Object output) {
        done(Reply.newBuilder(reply(id, "", null)).setOutput(output).build());
    }

    void fail(ErrorCode code, String message) {
        fail(code, null, message);
    }

    void fail(ErrorCode code, @Nullable String param, String message) {
        Failure failure = new Failure(id, code, message, param, code.retriable(), true, null);
        listener.onFailed(failure);
        answer.completeExceptionally(new BrigadeException(failure));
    }

    /** Ends with a terminal that says there is no room for it. */
    void refuse(ErrorCode code) {
        Reply reply = Reply.newBuilder(reply(id, "", null)).setStatus(ReplyStatus.REJECTED).build();
        Failure failure = new Failure(id, code, "refused", null, true, true, reply);
        listener.onFailed(failure);
        answer.completeExceptionally(new BrigadeException(failure));
    }

    /** Waits until the adapter has cancelled the request or has left it. */
    void awaitLeft() throws InterruptedException {
        if (!left.await(20, TimeUnit.SECONDS)) {
            throw new IllegalStateException("the adapter stayed");
        }
    }

    boolean isLeft() {
        return left.getCount() == 0;
    }

    static Reply reply(String id, String text, @Nullable OrchestrationReport report) {
        return Reply.newBuilder()
                .setRequestId(id)
                .setStatus(ReplyStatus.COMPLETED)
                .setModel(MODEL)
                .setText(text)
                .setFinishReason("stop")
                .setUsage(new Usage(7, 2))
                .setOrchestration(report)
                .setReceivedAt(1_763_632_800_000L)
                .setFinishedAt(1_763_632_801_000L)
                .build();
    }

    @Override
    public String requestId() {
        return id;
    }

    @Override
    public CompletableFuture<Answer> answer() {
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
