package dev.brigade.client;

import dev.brigade.schema.InferenceRequest;
import dev.brigade.schema.WorkerStatus;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

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
