package dev.brigade.rest;

import dev.brigade.client.Answer;
import dev.brigade.client.BatchHandle;
import dev.brigade.client.BatchListener;
import dev.brigade.client.BatchResults;
import dev.brigade.client.BatchState;
import dev.brigade.client.BrigadeClient;
import dev.brigade.client.ModelInfo;
import dev.brigade.client.RequestState;
import dev.brigade.client.StreamHandle;
import dev.brigade.client.StreamListener;
import dev.brigade.client.SubmitOptions;
import dev.brigade.client.TextDelta;
import dev.brigade.contract.error.ErrorCode;
import dev.brigade.schema.InferenceRequest;
import dev.brigade.schema.ResultPart;
import dev.brigade.schema.WorkerStatus;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** A client that plays a script to every request. */
final class TestingClient implements BrigadeClient {

    /** A UUIDv7 of 2026-11-20T10:00:00Z. */
    static final String REQUEST_ID = "019aa0b2-1c00-7001-8000-000000000001";

    /** What happens to a request, on a thread of its own. */
    @FunctionalInterface
    interface Script {
        void play(TestingRequest request) throws InterruptedException;
    }

    /** What happens to a batch, on a thread of its own. */
    @FunctionalInterface
    interface BatchScript {
        void play(TestingBatch batch) throws InterruptedException;
    }

    final List<InferenceRequest> batches = new CopyOnWriteArrayList<>();
    final List<Integer> followedFromPart = new CopyOnWriteArrayList<>();
    final Map<String, BatchState> knownBatches = new ConcurrentHashMap<>();
    volatile List<ResultPart> results = List.of();
    volatile BatchScript batchScript = TestingBatch::store;
    final List<InferenceRequest> submitted = new CopyOnWriteArrayList<>();
    final List<SubmitOptions> options = new CopyOnWriteArrayList<>();
    final List<String> cancelled = new CopyOnWriteArrayList<>();
    final List<Long> followedFrom = new CopyOnWriteArrayList<>();
    final Map<String, RequestState> known = new ConcurrentHashMap<>();
    volatile List<ModelInfo> models = List.of();
    volatile List<WorkerStatus> workers = List.of();
    final List<String> orders = new CopyOnWriteArrayList<>();
    volatile Supplier<List<ModelInfo.OnWorker>> outcome = List::of;
    volatile Script script = answering("Hello", " world");

    /** Begins, says these pieces, and is done. */
    static Script answering(String... pieces) {
        return request -> {
            request.start();
            for (String piece : pieces) {
                request.say(piece);
            }
            request.done();
        };
    }

    /** Is as new. */
    void forget() {
        List.of(batches, followedFromPart, submitted, options, cancelled, followedFrom, orders)
                .forEach(List::clear);
        knownBatches.clear();
        known.clear();
        results = List.of();
        models = List.of();
        workers = List.of();
        outcome = List::of;
        batchScript = TestingBatch::store;
        script = answering("Hello", " world");
    }

    @Override
    public StreamHandle submit(InferenceRequest request, SubmitOptions with) {
        StreamListener silent =
                new StreamListener() {
                    @Override
                    public void onText(TextDelta delta) {}

                    @Override
                    public void onDone(Answer answer) {}

                    @Override
                    public void onFailed(dev.brigade.client.Failure failure) {}
                };
        return submit(request, with, silent);
    }

    @Override
    public StreamHandle submit(
            InferenceRequest request, SubmitOptions with, StreamListener listener) {
        submitted.add(request);
        options.add(with);
        return play(new TestingRequest(REQUEST_ID, 0, listener, cancelled).of(request));
    }

    @Override
    public StreamHandle follow(String requestId, long startingAfter, StreamListener listener) {
        followedFrom.add(startingAfter);
        return play(new TestingRequest(requestId, startingAfter, listener, cancelled));
    }

    private TestingRequest play(TestingRequest request) {
        Script now = script;
        Thread.ofVirtual()
                .name("script")
                .start(() -> {
                    try {
                        now.play(request);
                    } catch (InterruptedException e) {
                        request.fail(ErrorCode.INTERNAL_ERROR, "interrupted");
                    }
                });
        return request;
    }

    @Override
    public BatchHandle classifyBatch(
            InferenceRequest request, SubmitOptions with, BatchListener listener) {
        batches.add(request);
        options.add(with);
        return play(new TestingBatch(REQUEST_ID, 0, listener, cancelled));
    }

    @Override
    public BatchHandle followBatch(String requestId, int firstPart, BatchListener listener) {
        followedFromPart.add(firstPart);
        return play(new TestingBatch(requestId, firstPart, listener, cancelled));
    }

    private TestingBatch play(TestingBatch batch) {
        BatchScript now = batchScript;
        Thread.ofVirtual()
                .name("script")
                .start(() -> {
                    try {
                        now.play(batch);
                    } catch (InterruptedException e) {
                        batch.fail(ErrorCode.INTERNAL_ERROR, null, "interrupted");
                    }
                });
        return batch;
    }

    @Override
    public BatchResults batchResults(String requestId, int firstPart, Consumer<ResultPart> each) {
        results.forEach(each);
        return new BatchResults(results.size(), Optional.empty());
    }

    @Override
    public Optional<BatchState> findBatch(String requestId) {
        return Optional.ofNullable(knownBatches.get(requestId));
    }

    @Override
    public CompletableFuture<Void> cancel(String requestId) {
        cancelled.add(requestId);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public Optional<RequestState> find(String requestId) {
        return Optional.ofNullable(known.get(requestId));
    }

    @Override
    public List<ModelInfo> models() {
        return models;
    }

    @Override
    public List<WorkerStatus> workers() {
        return workers;
    }

    @Override
    public List<ModelInfo.OnWorker> loadModel(String model, Duration patience) {
        return order("load " + model);
    }

    @Override
    public List<ModelInfo.OnWorker> unloadModel(String model, Duration patience) {
        return order("unload " + model);
    }

    private List<ModelInfo.OnWorker> order(String order) {
        orders.add(order);
        return outcome.get();
    }

    @Override
    public int openRequests() {
        return 0;
    }

    @Override
    public String tenant() {
        return "default";
    }

    @Override
    public void close() {}
}
