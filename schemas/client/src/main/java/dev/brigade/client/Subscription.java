package dev.brigade.client;

import dev.brigade.contract.error.ErrorCode;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One listener of one request. At most one thread at a time works for it, and only while there is
 * something to tell: {@code signals} counts what was signalled and not looked at yet. What a slow
 * listener has not taken is not queued here; it is the text in {@link OpenRequest} behind {@code
 * delivered}, and of drafts behind what {@code told} says.
 */
final class Subscription implements StreamHandle {

    private static final Logger LOG = LoggerFactory.getLogger(Subscription.class);

    private final String requestId;
    private final @Nullable StreamListener listener;
    private final Executor executor;
    private final Function<String, CompletableFuture<Void>> canceller;
    private final CompletableFuture<Answer> answer = new CompletableFuture<>();
    private final AtomicInteger signals = new AtomicInteger();
    private volatile @Nullable OpenRequest source;
    private volatile boolean silenced;
    private boolean started;
    private boolean finished;
    private final Drafts.Told told = new Drafts.Told();
    private long delivered;

    /**
     * @param startingAfter characters that the listener has already
     */
    Subscription(
            String requestId,
            long startingAfter,
            @Nullable StreamListener listener,
            Executor executor,
            Function<String, CompletableFuture<Void>> canceller) {
        this.requestId = requestId;
        this.delivered = startingAfter;
        this.listener = listener;
        this.executor = executor;
        this.canceller = canceller;
    }

    @Override
    public String requestId() {
        return requestId;
    }

    @Override
    public CompletableFuture<Answer> answer() {
        return answer;
    }

    @Override
    public CompletableFuture<Void> cancel() {
        OpenRequest current = source;
        return canceller.apply(current == null ? requestId : current.id());
    }

    @Override
    public void detach() {
        silenced = true;
        OpenRequest current = source;
        if (current != null && current.unsubscribe(this)) {
            current.fail(detached());
        }
        answer.completeExceptionally(new BrigadeException(detached()));
    }

    /** Goes on with this request; a subscription moves when its request repeats another. */
    void attach(OpenRequest request) {
        source = request;
        signal();
    }

    /** Says that there may be something to tell. */
    void signal() {
        if (signals.getAndIncrement() == 0) {
            try {
                executor.execute(this::deliver);
            } catch (RejectedExecutionException closed) {
                answer.completeExceptionally(new BrigadeException(closed()));
            }
        }
    }

    private void deliver() {
        int seen;
        do {
            seen = signals.get();
            OpenRequest current = source;
            if (current != null) {
                deliverFrom(current);
            }
        } while (signals.addAndGet(-seen) != 0);
    }

    private void deliverFrom(OpenRequest request) {
        while (!finished) {
            switch (request.next(started, delivered, told)) {
                case OpenRequest.Step.Start start -> {
                    started = true;
                    tell(to -> to.onStarted(request.id(), start.model()));
                }
                case OpenRequest.Step.Text text -> {
                    delivered = text.delta().cursor();
                    tell(to -> to.onText(text.delta()));
                }
                case OpenRequest.Step.Draft draft -> tell(to -> to.onStage(draft.update()));
                case OpenRequest.Step.Progress progress ->
                        tell(to -> to.onProgress(progress.progress()));
                case OpenRequest.Step.End end -> {
                    finish(end);
                    return;
                }
                case OpenRequest.Step.Wait.FOR_MORE -> {
                    return;
                }
            }
        }
    }

    private void finish(OpenRequest.Step.End end) {
        switch (end.ending()) {
            case Ending.Completed completed when delivered > end.length() -> fail(beyond());
            case Ending.Completed completed -> {
                finished = true;
                tell(to -> to.onDone(completed.answer()));
                answer.complete(completed.answer());
            }
            case Ending.Failed failed -> fail(failed.failure());
            case Ending.Elsewhere elsewhere -> {
                // The client attaches this subscription to the original request.
            }
        }
    }

    private void fail(Failure failure) {
        finished = true;
        tell(to -> to.onFailed(failure));
        answer.completeExceptionally(new BrigadeException(failure));
    }

    private void tell(java.util.function.Consumer<StreamListener> what) {
        if (listener == null || silenced) {
            return;
        }
        try {
            what.accept(listener);
        } catch (RuntimeException e) {
            silenced = true;
            LOG.warn("the listener of request {} failed and is called no more", requestId, e);
        }
    }

    private Failure beyond() {
        return new Failure(
                requestId,
                ErrorCode.INVALID_REQUEST,
                "starting_after is beyond the end of the answer",
                "starting_after",
                false,
                true,
                null);
    }

    private Failure detached() {
        return Failure.outcomeUnknown(
                requestId, ErrorCode.CANCELLED, "the reader was detached; the request goes on");
    }

    private Failure closed() {
        return Failure.outcomeUnknown(
                requestId,
                ErrorCode.NOT_READY,
                "the client was closed; the answer may still come: find(requestId) tells");
    }
}
