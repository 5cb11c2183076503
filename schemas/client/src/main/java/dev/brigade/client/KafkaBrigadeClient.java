package dev.brigade.client;

import dev.brigade.contract.error.ErrorCode;
import dev.brigade.contract.payload.PayloadException;
import dev.brigade.contract.payload.PayloadStore;
import dev.brigade.contract.payload.PayloadStores;
import dev.brigade.contract.request.RequestId;
import dev.brigade.contract.request.RequestRules;
import dev.brigade.contract.serde.AvroWire;
import dev.brigade.contract.serde.SchemaRegistry;
import dev.brigade.schema.CancelRequest;
import dev.brigade.schema.InferenceRequest;
import dev.brigade.schema.ResultPart;
import dev.brigade.schema.WorkerStatus;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/**
 * The client over Kafka. Every request is registered, and its reply partition read, before it is
 * sent. Threads: one reader, one timer, one for models once they are asked for, one per followed
 * request, and virtual ones that call listeners.
 */
final class KafkaBrigadeClient implements BrigadeClient {

    private static final int MAX_HOPS = 2;

    private final ClientSettings settings;
    private final Layout layout;
    private final AvroWire wire;
    private final int replyPartition;
    private final OpenRequests open;
    private final TextBudget budget;
    private final RequestSender sender;
    private final ReplyReader reader;
    private final Thread readerThread;
    private final Followers followers;
    private final LogThreads threads;
    private final Lookups lookups;
    private final PayloadStore payloads;
    private final ClaimCheck claims;
    private final Batches batches;
    private final ModelView modelView;
    private final ModelOrders orders;
    private final ExecutorService listeners =
            Executors.newThreadPerTaskExecutor(
                    Thread.ofVirtual().name("brigade-client-listener-", 0).factory());
    private final ScheduledThreadPoolExecutor timer;
    private final AtomicBoolean closed = new AtomicBoolean();

    private KafkaBrigadeClient(
            ClientSettings settings,
            Layout layout,
            PayloadStore payloads,
            Consumer<byte[], byte[]> consumer) {
        this.settings = settings;
        this.layout = layout;
        wire = new AvroWire(SchemaRegistry.of(Optional.ofNullable(settings.schemaRegistryUrl())));
        open = new OpenRequests(settings.maxOpenRequests());
        budget = new TextBudget(settings.maxStreamedChars());
        replyPartition =
                ThreadLocalRandom.current()
                        .nextInt(Math.min(layout.replyPartitions(), RequestId.MAX_PARTITIONS));
        reader = new ReplyReader(consumer, layout, new RecordRouter(wire, open::get));
        reader.begin(replyPartition);
        sender = new RequestSender(KafkaProperties.producer(settings), wire, layout, settings);
        threads = new LogThreads(settings.maxFollowers());
        followers = new Followers(settings, this::log, threads);
        lookups = new Lookups(settings);
        this.payloads = payloads;
        claims = new ClaimCheck(payloads);
        batches = new Batches(settings, this::log, this::batchLog, sender, threads, this::cancel);
        modelView = new ModelView(settings, new ModelBoard(wire, Clock.systemUTC()));
        orders = new ModelOrders(modelView::board, sender::order);
        timer = timer();
        readerThread = Thread.ofPlatform().daemon().name("brigade-client-reader").start(reader);
    }

    static BrigadeClient open(ClientSettings settings) {
        Consumer<byte[], byte[]> consumer = KafkaProperties.consumer(settings);
        try {
            Layout layout = Layout.read(consumer, settings.requestTopic());
            PayloadStore payloads = PayloadStores.open(settings.payloads());
            return new KafkaBrigadeClient(settings, layout, payloads, consumer);
        } catch (KafkaException e) {
            closeNow(consumer);
            throw new BrigadeException(
                    Failure.certain(null, ErrorCode.NOT_READY, settings.unreachable()), e);
        } catch (PayloadException e) {
            closeNow(consumer);
            throw new BrigadeException(Failure.certain(null, e.code(), e.getMessage()), e);
        } catch (RuntimeException e) {
            closeNow(consumer);
            throw e;
        }
    }

    @Override
    public StreamHandle submit(InferenceRequest request, SubmitOptions options) {
        return submit(request, options, null, false);
    }

    @Override
    public StreamHandle submit(
            InferenceRequest request, SubmitOptions options, StreamListener listener) {
        return submit(request, options, listener, true);
    }

    private StreamHandle submit(
            InferenceRequest request,
            SubmitOptions options,
            @Nullable StreamListener listener,
            boolean streamed) {
        InferenceRequest whole = whole(request);
        String id = id(options);
        OpenRequest added = new OpenRequest(id, streamed, budget, r -> ended(r, MAX_HOPS));
        Subscription subscription = subscription(id, 0, listener);
        open.add(added);
        added.subscribe(subscription);
        giveUpLater(added, Duration.ofMillis(whole.getDeadlineMs()).plus(settings.replyGrace()));
        send(added, whole, options);
        if (closed.get()) {
            added.fail(closing(id));
        }
        return subscription;
    }

    /** The request as it is sent, once it keeps the rules. */
    private InferenceRequest whole(InferenceRequest request) {
        requireOpen();
        RequestRules.firstViolation(request)
                .ifPresent(violation -> {
                    throw Refusal.of(violation);
                });
        return withDeadline(claims.check(request));
    }

    private String id(SubmitOptions options) {
        return options.requestId() != null
                ? options.requestId()
                : RequestId.create(System.currentTimeMillis(), replyPartition);
    }

    @Override
    public BatchHandle classifyBatch(
            InferenceRequest request, SubmitOptions options, BatchListener listener) {
        InferenceRequest whole = whole(request);
        return batches.send(id(options), whole, options.traceparent(), listener);
    }

    @Override
    public BatchHandle followBatch(String requestId, int firstPart, BatchListener listener) {
        requireOpen();
        Refusal.unlessUsable(requestId);
        Refusal.ifNegative("first_part", firstPart);
        return batches.follow(requestId, firstPart, listener);
    }

    @Override
    public BatchResults batchResults(
            String requestId, int firstPart, java.util.function.Consumer<ResultPart> each) {
        requireOpen();
        Refusal.unlessUsable(requestId);
        Refusal.ifNegative("first_part", firstPart);
        return lookups.look(requestId, () -> batches.results(requestId, firstPart, each));
    }

    @Override
    public Optional<BatchState> findBatch(String requestId) {
        requireOpen();
        Refusal.unlessUsable(requestId);
        return lookups.look(requestId, () -> batches.find(requestId));
    }

    @Override
    public PayloadStore payloads() {
        return payloads;
    }

    @SuppressWarnings("FutureReturnValueIgnored") // A failure ends the request itself.
    private void send(OpenRequest request, InferenceRequest whole, SubmitOptions options) {
        String id = request.id();
        CompletableFuture<Void> read = reader.reads(layout.replyPartition(id));
        // Sending may block while the broker is away: never on the reader's thread.
        Executor where = read.isDone() ? Runnable::run : listeners;
        read.thenComposeAsync(done -> sender.send(id, whole, options.traceparent()), where)
                .whenComplete((sent, e) -> failUnsent(request, e));
    }

    @Override
    public CompletableFuture<Void> cancel(String requestId) {
        requireOpen();
        return sender.send(requestId, new CancelRequest((String) null), null);
    }

    @Override
    public StreamHandle follow(String requestId, long startingAfter, StreamListener listener) {
        requireOpen();
        Refusal.unlessUsable(requestId);
        Refusal.ifNegative("starting_after", startingAfter);
        Subscription subscription = subscription(requestId, startingAfter, listener);
        OpenRequest here = open.get(requestId);
        if (here != null && here.streamed() && !here.ended()) {
            here.subscribe(subscription);
        } else {
            follow(requestId, startingAfter, List.of(subscription), MAX_HOPS);
        }
        return subscription;
    }

    @Override
    public Optional<RequestState> find(String requestId) {
        requireOpen();
        Refusal.unlessUsable(requestId);
        return lookups.look(
                requestId,
                () -> {
                    try (RequestLog log = log(requestId)) {
                        return log.find(settings.lookupTimeout());
                    }
                });
    }

    @Override
    public List<ModelInfo> models() {
        requireOpen();
        return modelView.board().models();
    }

    @Override
    public List<WorkerStatus> workers() {
        requireOpen();
        return modelView.board().workers();
    }

    @Override
    public List<ModelInfo.OnWorker> loadModel(String model, Duration patience) {
        requireOpen();
        return orders.load(model, patience);
    }

    @Override
    public List<ModelInfo.OnWorker> unloadModel(String model, Duration patience) {
        requireOpen();
        return orders.unload(model, patience);
    }

    @Override
    public int openRequests() {
        return open.size();
    }

    @Override
    public String tenant() {
        return settings.tenant();
    }

    @Override
    public void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        long endAt = System.nanoTime() + settings.closeTimeout().toNanos();
        timer.shutdownNow();
        sender.close();
        reader.close();
        modelView.close();
        open.fail(KafkaBrigadeClient::closing);
        threads.close(KafkaBrigadeClient::closing);
        listeners.shutdown();
        try {
            listeners.awaitTermination(endAt - System.nanoTime(), TimeUnit.NANOSECONDS);
            readerThread.join(Duration.ofNanos(Math.max(1, endAt - System.nanoTime())));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            listeners.shutdownNow();
            payloads.close();
        }
    }

    /** Follows the original of a request that repeats it; for all others nothing is left to do. */
    private void ended(OpenRequest request, int hopsLeft) {
        open.remove(request);
        if (request.ending() instanceof Ending.Elsewhere elsewhere) {
            List<Subscription> moving = request.subscriptions();
            try {
                follow(elsewhere.originalRequestId(), 0, moving, hopsLeft - 1);
            } catch (BrigadeException e) {
                OpenRequest failed = new OpenRequest(request.id(), false, budget, r -> {});
                failed.fail(e.failure());
                moving.forEach(failed::subscribe);
            }
        }
    }

    private void follow(String id, long startingAfter, List<Subscription> who, int hopsLeft) {
        if (hopsLeft < 0) {
            throw new BrigadeException(
                    Failure.certain(
                            id, ErrorCode.DUPLICATE_REQUEST, "the original is a duplicate itself"));
        }
        OpenRequest followed = new OpenRequest(id, true, budget, r -> ended(r, hopsLeft));
        followers.start(followed, startingAfter);
        who.forEach(followed::subscribe);
    }

    private void failUnsent(OpenRequest request, @Nullable Throwable cause) {
        if (cause == null) {
            return;
        }
        Throwable root = cause instanceof CompletionException ? cause.getCause() : cause;
        request.fail(
                root instanceof BrigadeException known
                        ? known.failure()
                        : Failure.certain(
                                request.id(), ErrorCode.NOT_READY, settings.unreachable()));
    }

    private void giveUpLater(OpenRequest request, Duration after) {
        request.timeout(
                timer.schedule(
                        () -> request.fail(noTerminal(request.id(), after)),
                        after.toMillis(),
                        TimeUnit.MILLISECONDS));
    }

    private InferenceRequest withDeadline(InferenceRequest request) {
        return request.getDeadlineMs() != null
                ? request
                : InferenceRequest.newBuilder(request)
                        .setDeadlineMs(settings.deadlineOf(request).toMillis())
                        .build();
    }

    private Subscription subscription(
            String id, long startingAfter, @Nullable StreamListener listener) {
        return new Subscription(id, startingAfter, listener, listeners, this::cancel);
    }

    private RequestLog log(String id) {
        return new RequestLog(records(id), layout, wire, id);
    }

    private BatchLog batchLog(String id) {
        return new BatchLog(records(id), layout, id);
    }

    private RequestRecords records(String id) {
        return new RequestRecords(KafkaProperties.consumer(settings), wire, id);
    }

    private void requireOpen() {
        if (closed.get()) {
            throw new BrigadeException(
                    Failure.certain(null, ErrorCode.NOT_READY, "the client is closed"));
        }
    }

    private static Failure noTerminal(String id, Duration waited) {
        return Failure.outcomeUnknown(
                id,
                ErrorCode.DEADLINE_EXCEEDED,
                "no terminal within %d ms; it may still come: find(requestId) tells"
                        .formatted(waited.toMillis()));
    }

    private static Failure closing(String id) {
        return Failure.outcomeUnknown(
                id,
                ErrorCode.NOT_READY,
                "the client was closed; the answer may still come: find(requestId) tells");
    }

    private static void closeNow(Consumer<byte[], byte[]> consumer) {
        consumer.close(
                org.apache.kafka.clients.consumer.CloseOptions.timeout(Duration.ofMillis(100)));
    }

    private static ScheduledThreadPoolExecutor timer() {
        ScheduledThreadPoolExecutor timer =
                new ScheduledThreadPoolExecutor(
                        1, Thread.ofPlatform().daemon().name("brigade-client-timer").factory());
        timer.setRemoveOnCancelPolicy(true);
        // Only a closed timer refuses, and closing fails every open request anyway.
        timer.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
        return timer;
    }
}
