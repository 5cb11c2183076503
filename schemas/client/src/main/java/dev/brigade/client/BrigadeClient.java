package dev.brigade.client;

import dev.brigade.contract.payload.PayloadStore;
import dev.brigade.contract.payload.PayloadStores;
import dev.brigade.schema.ImageResult;
import dev.brigade.schema.InferenceRequest;
import dev.brigade.schema.ResultPart;
import dev.brigade.schema.WorkerStatus;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * Publishes inference requests to Kafka and puts their answers together: newest attempt only, in
 * order, and never two attempts in one text. Safe for use by many threads; one instance serves a
 * whole program.
 *
 * <p>Requests are checked before they are sent. Every failure is a {@link BrigadeException} that
 * carries a {@link Failure}: thrown by blocking calls and by {@code submit} and {@code stream} when
 * nothing was sent, else the cause with which the future ends.
 */
public interface BrigadeClient extends AutoCloseable {

    /**
     * Connects and takes position behind everything that is on the reply topics, so that no answer
     * to a later request is missed.
     *
     * @throws BrigadeException {@code not_ready} when the broker does not answer within {@link
     *     ClientSettings#connectTimeout} or has no topics of Brigade yet
     */
    static BrigadeClient open(ClientSettings settings) {
        return KafkaBrigadeClient.open(settings);
    }

    /** Sends a chat and waits for its answer. */
    default Answer chat(ChatRequest request) {
        return Waiting.forAnswer(send(request));
    }

    /** Sends a completion and waits for its answer. */
    default Answer complete(CompletionRequest request) {
        return Waiting.forAnswer(send(request));
    }

    /** Sends a map and waits until every item is answered or has failed. */
    default MapAnswer map(MapRequest request) {
        return MapAnswer.of(Waiting.forAnswer(send(request)));
    }

    /**
     * Sends a chat, a completion or a map; no chunks are published for it. {@link MapAnswer#of}
     * gives the items of a map.
     */
    default CompletableFuture<Answer> send(GenerationRequest request) {
        InferenceRequest whole =
                InferenceRequest.newBuilder(request.toRecord(tenant())).setStream(false).build();
        return submit(whole, SubmitOptions.none()).answer();
    }

    /**
     * Sends a chat or completion and hands its text to the listener as it is generated; of a map,
     * how many items are done, and then an answer without text whose {@link MapAnswer#of items} are
     * all there.
     */
    default StreamHandle stream(GenerationRequest request, StreamListener listener) {
        return submit(request.toRecord(tenant()), SubmitOptions.none(), listener);
    }

    /**
     * Sends any valid request as it stands; only a missing deadline is filled in.
     *
     * @throws BrigadeException {@code invalid_request} with the first rule not kept, {@code
     *     too_many_requests} when {@link ClientSettings#maxOpenRequests} are open
     */
    StreamHandle submit(InferenceRequest request, SubmitOptions options);

    /** As {@link #submit(InferenceRequest, SubmitOptions)}, with the text as it is generated. */
    StreamHandle submit(InferenceRequest request, SubmitOptions options, StreamListener listener);

    /** Sends texts and waits for their vectors. */
    default EmbeddingAnswer embed(EmbeddingRequest request) {
        return Waiting.forAnswer(send(request));
    }

    /** Sends texts to embed; vectors that did not fit the reply are read from the payload store. */
    default CompletableFuture<EmbeddingAnswer> send(EmbeddingRequest request) {
        return submit(request.toRecord(tenant()), SubmitOptions.none())
                .answer()
                .thenApplyAsync(
                        answer -> EmbeddingAnswer.of(answer, payloads()),
                        task -> Thread.ofVirtual().name("brigade-client-vectors").start(task));
    }

    /** Sends a query and documents, and waits for their scores. */
    default RerankAnswer rerank(RerankRequest request) {
        return Waiting.forAnswer(send(request));
    }

    /** Sends a query and documents to rate. */
    default CompletableFuture<RerankAnswer> send(RerankRequest request) {
        return submit(request.toRecord(tenant()), SubmitOptions.none())
                .answer()
                .thenApply(RerankAnswer::of);
    }

    /** Sends an image and waits until it is classified. */
    default ClassifyAnswer classify(ClassifyRequest request) {
        return Waiting.forAnswer(send(request));
    }

    /** Sends an image to classify; one over 512 KiB is put into the payload store first. */
    default CompletableFuture<ClassifyAnswer> send(ClassifyRequest request) {
        return submit(request.toRecord(tenant()), SubmitOptions.none())
                .answer()
                .thenApply(ClassifyAnswer::of);
    }

    /**
     * Sends a batch of images, whose results the listener gets as they come. Before this returns,
     * images are gone through and those that do not fit the record are put into the payload store.
     *
     * @throws BrigadeException as {@link #submit(InferenceRequest, SubmitOptions)}, with the code
     *     of an image that cannot be read or of the payload store, and {@code too_many_requests}
     *     when {@link ClientSettings#maxFollowers} are being followed
     */
    default BatchHandle classifyBatch(ImageBatchRequest request, BatchListener listener) {
        return classifyBatch(
                request.toRecord(tenant(), payloads()), SubmitOptions.none(), listener);
    }

    /** As {@link #classifyBatch(ImageBatchRequest, BatchListener)}, for any batch as a record. */
    BatchHandle classifyBatch(
            InferenceRequest request, SubmitOptions options, BatchListener listener);

    /**
     * Reads an earlier batch's results from the first on, its progress and its end, whoever sent
     * it; also after a restart.
     *
     * @throws BrigadeException {@code too_many_requests} when {@link ClientSettings#maxFollowers}
     *     are being followed; the future ends with {@code batch_not_found} when there is no such
     *     batch
     */
    default BatchHandle followBatch(String requestId, BatchListener listener) {
        return followBatch(requestId, 0, listener);
    }

    /**
     * As {@link #followBatch(String, BatchListener)}, from a part on.
     *
     * @param firstPart number of the first part that is wanted
     */
    BatchHandle followBatch(String requestId, int firstPart, BatchListener listener);

    /**
     * Reads a batch's results on this thread: all of one that has ended, else those that are there
     * now. Memory holds no more of them than a few parts.
     *
     * @throws BrigadeException {@code batch_not_found}; {@code not_ready} when nothing more came
     *     for {@link ClientSettings#lookupTimeout} though results are missing
     */
    default BatchResults batchResults(String requestId, Consumer<ImageResult> each) {
        return batchResults(requestId, 0, part -> part.getItems().forEach(each));
    }

    /** As {@link #batchResults(String, Consumer)}, by parts, from one on. */
    BatchResults batchResults(String requestId, int firstPart, Consumer<ResultPart> each);

    /**
     * What the log says of a batch: ended, or open and how far it is; empty when there is no such
     * batch.
     *
     * @throws BrigadeException {@code not_ready} when the log could not be read to its end within
     *     {@link ClientSettings#lookupTimeout}
     */
    Optional<BatchState> findBatch(String requestId);

    /** Where this client's large images and vectors lie. */
    default PayloadStore payloads() {
        return PayloadStores.none();
    }

    /**
     * Asks the dispatcher to cancel a request, whoever sent it. The request then ends with a
     * terminal {@code cancelled}, or with another if that was decided before.
     *
     * @return done when the broker has stored the wish
     */
    CompletableFuture<Void> cancel(String requestId);

    /**
     * Reads an earlier request's text and terminal, whoever sent it; also after a restart.
     *
     * <p>An id made by Brigade tells partition and time, and reading begins a minute before that
     * time. For any other id the partition is that of the key, and reading begins at the oldest
     * kept record.
     *
     * <p>Drafts and progress are told from their beginning, where they are kept and the request has
     * not ended.
     *
     * @param startingAfter {@link TextDelta#cursor} of the last text that was taken; 0 is from the
     *     beginning
     * @throws BrigadeException {@code too_many_requests} when {@link ClientSettings#maxFollowers}
     *     are being followed; the listener and the future get {@code request_not_found} when there
     *     is no such request
     */
    StreamHandle follow(String requestId, long startingAfter, StreamListener listener);

    /**
     * What the log says of a request: ended, or accepted and open; empty when neither a terminal
     * nor the request itself is kept on this client's request topic.
     *
     * @throws BrigadeException {@code not_ready} when the log could not be read to its end within
     *     {@link ClientSettings#lookupTimeout}
     */
    Optional<RequestState> find(String requestId);

    /**
     * Every model that was ever described, with the live workers that have it, by id. The first
     * call waits until the descriptions are read; later ones answer from memory.
     *
     * @throws BrigadeException {@code not_ready} when they cannot be read within {@link
     *     ClientSettings#lookupTimeout}
     */
    List<ModelInfo> models();

    /** The newest heartbeat of every live worker, by id; as {@link #models} else. */
    List<WorkerStatus> workers();

    /**
     * Tells every live worker that names a model to load it, and waits until they have, or cannot.
     * Nothing happens where it is loaded already.
     *
     * @param patience most time to wait; what is not loaded by then goes on loading
     * @return the model on each live worker that names it, as it is then
     * @throws BrigadeException {@code model_not_found} when no worker knows it, {@code
     *     no_capable_model} when only workers do that are gone, {@code engine_error} with every
     *     worker's reason when none could load it; else as {@link #models}
     */
    List<ModelInfo.OnWorker> loadModel(String model, Duration patience);

    /**
     * Tells every live worker that has a model to unload it once its running jobs have ended, and
     * waits until they have. A model that open requests keep loaded is unloaded all the same.
     *
     * @param patience most time to wait; unloading goes on after it
     * @return as {@link #loadModel}
     * @throws BrigadeException {@code model_not_found} and {@code no_capable_model} as {@link
     *     #loadModel}
     */
    List<ModelInfo.OnWorker> unloadModel(String model, Duration patience);

    /** Requests that were sent and have no answer yet. */
    int openRequests();

    /** Tenant of this client's chats and completions. */
    String tenant();

    /**
     * Ends every open future with a failure that says so, and stops all threads within {@link
     * ClientSettings#closeTimeout}. What was sent goes on; {@link #follow} finds it again.
     */
    @Override
    void close();
}
