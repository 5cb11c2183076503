package dev.brigade.rest.batches;

import dev.brigade.client.Answer;
import dev.brigade.client.BrigadeException;
import dev.brigade.client.Failure;
import dev.brigade.client.StreamHandle;
import dev.brigade.client.SubmitOptions;
import dev.brigade.contract.error.ErrorCode;
import dev.brigade.contract.payload.PayloadException;
import dev.brigade.contract.request.RequestId;
import dev.brigade.rest.calls.Endpoint;
import dev.brigade.rest.error.ApiError;
import dev.brigade.rest.error.ApiException;
import dev.brigade.rest.http.BodyMemory;
import dev.brigade.schema.BatchJob;
import dev.brigade.schema.Reply;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One line, from its call to its place in the part. Its request has the key {@code
 * batch/<batch>/<line>}: an instance that goes on for another sends it again under the same key and
 * is led to the first one's reply. A refusal for want of room keeps its key, so the next try has
 * another, {@code .../2}; who goes on walks the same keys to where the first one was.
 */
final class LineRun implements Runnable {

    private static final Logger log = LoggerFactory.getLogger(LineRun.class);
    private static final Set<ErrorCode> NO_ROOM =
            EnumSet.of(
                    ErrorCode.QUEUE_FULL,
                    ErrorCode.TOO_MANY_REQUESTS,
                    ErrorCode.NO_CAPABLE_MODEL,
                    ErrorCode.TOO_FEW_MODELS,
                    ErrorCode.NOT_READY);
    private static final Duration LOOK = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    private static final Duration CANCEL_GRACE = Duration.ofSeconds(10);

    private final BatchKit kit;
    private final BatchJob job;
    private final Endpoint endpoint;
    private final InputLine line;
    private final BatchLine read;
    private final OpenPart part;
    private final Supplier<Optional<Stop>> stop;
    private Duration pause;
    private String sentId = "";

    LineRun(
            BatchKit kit,
            BatchJob job,
            Endpoint endpoint,
            InputLine line,
            OpenPart part,
            Supplier<Optional<Stop>> stop) {
        this.kit = kit;
        this.job = job;
        this.endpoint = endpoint;
        this.line = line;
        this.read = BatchLine.read(line.bytes(), job.getEndpoint());
        this.part = part;
        this.stop = stop;
        this.pause = kit.properties.pause();
    }

    /** Ids of output lines are the same whoever writes them. */
    static String id(BatchJob job, InputLine line) {
        return "batch_req_"
                + job.getId().substring(job.getId().indexOf('_') + 1)
                + "_"
                + (line.index() + 1);
    }

    @Override
    public void run() {
        try {
            work();
        } catch (ApiException e) {
            refused(RequestId.create(kit.clock.millis(), 0), e.error());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (UncheckedIOException e) {
            // The line has not ended; the whole batch is tried again.
            log.error("line {} of {} cannot be laid down", line.number(), job.getId(), e);
        } catch (RuntimeException e) {
            log.error("line {} of {} failed", line.number(), job.getId(), e);
            refused(
                    RequestId.create(kit.clock.millis(), 0),
                    ApiError.of(ErrorCode.INTERNAL_ERROR, "The server failed"));
        }
    }

    private void work() throws InterruptedException {
        LineCall call = LineCall.read(read.body(), endpoint);
        int attempt = 1;
        while (true) {
            Optional<Stop> why = stop.get();
            if (why.isPresent()) {
                unanswered(why.get());
                return;
            }
            try {
                Answer answer = ask(call, attempt);
                answered(call, answer);
                return;
            } catch (StoppedException e) {
                unanswered(e.why);
                return;
            } catch (BrigadeException e) {
                Failure failure = e.failure();
                if (!NO_ROOM.contains(failure.code())) {
                    failed(call, failure);
                    return;
                }
                attempt += failure.reply() == null ? 0 : 1;
                rest(failure);
            }
        }
    }

    /** What an earlier instance was refused is passed over at once. */
    private void rest(Failure failure) throws InterruptedException {
        Reply reply = failure.reply();
        boolean earlier = reply != null && !reply.getRequestId().equals(sentId);
        if (!earlier) {
            pause();
        }
    }

    private void pause() throws InterruptedException {
        long left = pause.toMillis();
        while (left > 0 && stop.get().isEmpty()) {
            long step = Math.min(left, LOOK.toMillis());
            Thread.sleep(step);
            left -= step;
        }
        Duration doubled = pause.multipliedBy(2);
        pause = doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
    }

    private Answer ask(LineCall call, int attempt) throws InterruptedException, StoppedException {
        long leftMs = job.getExpiresAt() - kit.clock.millis();
        StreamHandle handle = submit(call, key(attempt), leftMs);
        sentId = handle.requestId();
        Optional<Stop> why = Optional.empty();
        long giveUpAt = Long.MAX_VALUE;
        while (true) {
            try {
                return handle.answer().get(LOOK.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException notYet) {
                if (why.isEmpty()) {
                    why = stop.get();
                    if (why.isPresent()) {
                        giveUpAt = System.nanoTime() + CANCEL_GRACE.toNanos();
                        leave(handle, why.get());
                    }
                } else if (System.nanoTime() >= giveUpAt) {
                    handle.detach();
                    throw new StoppedException(why.get());
                }
            } catch (ExecutionException e) {
                if (why.isPresent()) {
                    throw new StoppedException(why.get());
                }
                throw e.getCause() instanceof BrigadeException known
                        ? known
                        : new IllegalStateException(e.getCause());
            }
        }
    }

    /** A request of an abandoned batch goes on: its answer is wanted by who has the turn now. */
    private void leave(StreamHandle handle, Stop why) throws StoppedException {
        if (why == Stop.ABANDONED) {
            handle.detach();
            throw new StoppedException(why);
        }
        var _ =
                handle.cancel()
                        .whenComplete((done, error) -> {
                            if (error != null) {
                                log.warn(
                                        "request {} could not be cancelled",
                                        handle.requestId(),
                                        error);
                            }
                        });
    }

    private StreamHandle submit(LineCall call, String key, long leftMs) {
        try {
            return kit.connection.client().submit(call.request(key, leftMs), SubmitOptions.none());
        } catch (ApiException notConnected) {
            throw new BrigadeException(
                    new Failure(
                            null,
                            ErrorCode.NOT_READY,
                            notConnected.error().message(),
                            null,
                            true,
                            true,
                            null));
        }
    }

    private String key(int attempt) {
        String key = "batch/%s/%d".formatted(job.getId(), line.index() + 1);
        return attempt == 1 ? key : key + "/" + attempt;
    }

    /** Memory that others hold, or a store that is away, is waited for. */
    private void answered(LineCall call, Answer answer) throws InterruptedException {
        while (true) {
            try (BodyMemory.Share share = kit.memory.share()) {
                part.add(
                        line.index(),
                        true,
                        () ->
                                OutputLine.answered(
                                        id(job, line),
                                        read.customId(),
                                        answer.requestId(),
                                        call.call().form().of(answer, share)));
                return;
            } catch (ApiException e) {
                if (!e.error().code().equals(ErrorCode.TOO_MANY_REQUESTS.wireName())) {
                    throw e;
                }
            } catch (PayloadException e) {
                if (!e.code().retriable()) {
                    refused(
                            answer.requestId(),
                            ApiError.of(e.code(), String.valueOf(e.getMessage())));
                    return;
                }
            }
            pause();
            if (stop.get().isPresent()) {
                unanswered(stop.get().get());
                return;
            }
        }
    }

    private void failed(LineCall call, Failure failure) {
        String requestId = failure.requestId();
        if (failure.code() == ErrorCode.DEADLINE_EXCEEDED && !call.hasDeadline()) {
            unanswered(Stop.EXPIRED);
        } else {
            refused(
                    requestId == null ? RequestId.create(kit.clock.millis(), 0) : requestId,
                    call.call().names().told(ApiError.of(failure)));
        }
    }

    private void refused(String requestId, ApiError error) {
        part.add(
                line.index(),
                false,
                () -> OutputLine.refused(id(job, line), read.customId(), requestId, error));
    }

    private void unanswered(Stop why) {
        if (why != Stop.ABANDONED) {
            part.add(
                    line.index(),
                    false,
                    () -> OutputLine.unanswered(id(job, line), read.customId(), why));
        }
    }

    /** The batch stopped before the line had an answer. */
    private static final class StoppedException extends Exception {

        private static final long serialVersionUID = 1L;

        private final Stop why;

        private StoppedException(Stop why) {
            super(why.code(), null, false, false);
            this.why = why;
        }
    }
}
