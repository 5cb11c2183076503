package dev.brigade.worker.slots;

import dev.brigade.contract.error.ErrorCode;
import dev.brigade.worker.backend.Outcome;
import dev.brigade.worker.backend.TextModel;
import dev.brigade.worker.chunks.ChunkPublisher;
import dev.brigade.worker.chunks.Later;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets a model generate a text, and publishes it as it comes where that is wanted. */
final class TextWork {

    private static final Logger LOG = LoggerFactory.getLogger(TextWork.class);
    private static final Duration STORE_LIMIT = Duration.ofSeconds(30);

    private final TextModel model;
    private final AttemptReport report;
    private final TokenSpeed speed;
    private final Duration chunkInterval;
    private final LongSupplier nanoTime;
    private final Later later;

    TextWork(
            TextModel model,
            AttemptReport report,
            TokenSpeed speed,
            Duration chunkInterval,
            LongSupplier nanoTime,
            Later later) {
        this.model = model;
        this.report = report;
        this.speed = speed;
        this.chunkInterval = chunkInterval;
        this.nanoTime = nanoTime;
        this.later = later;
    }

    Ending run(Attempt attempt, TextCall call, long beganAtNanos) throws InterruptedException {
        Optional<ChunkPublisher> chunks =
                attempt.job().getStream() ? Optional.of(chunks(attempt)) : Optional.empty();
        AttemptText text = new AttemptText(attempt, call.preamble(), chunks, speed);
        boolean answered = false;
        try {
            Outcome outcome = generate(attempt, call, text, beganAtNanos);
            Ending ending = ending(attempt, outcome, text, chunks);
            answered = ending instanceof Ending.Answer;
            return ending;
        } finally {
            if (!answered) {
                chunks.ifPresent(ChunkPublisher::abandon);
            }
        }
    }

    private Outcome generate(Attempt attempt, TextCall call, AttemptText text, long beganAtNanos) {
        return model.generate(
                call.request(),
                text,
                attempt.cancellation(),
                Duration.ofNanos(attempt.deadlineNanos() - beganAtNanos));
    }

    private static Ending ending(
            Attempt attempt, Outcome outcome, AttemptText text, Optional<ChunkPublisher> chunks)
            throws InterruptedException {
        return switch (outcome) {
            case Outcome.Finished(Outcome.Reason reason, Outcome.Usage usage) ->
                    finished(attempt, reason, usage, text, chunks);
            case Outcome.Failed(ErrorCode code, String message, boolean crashed) ->
                    new Ending.Failed(new Refusal(code, message), crashed);
            case Outcome.Cancelled(Outcome.Usage usage) -> {
                if (attempt.stopped().isPresent()) {
                    yield new Ending.Stopped(usage);
                }
                // Nobody stopped it: its text is as long as it may be, or a chunk was not stored.
                yield text.isFull()
                        ? finished(attempt, Outcome.Reason.LENGTH, usage, text, chunks)
                        : new Ending.Unstored();
            }
        };
    }

    private static Ending finished(
            Attempt attempt,
            Outcome.Reason reason,
            Outcome.Usage usage,
            AttemptText text,
            Optional<ChunkPublisher> chunks)
            throws InterruptedException {
        if (attempt.isLockLost()) {
            return new Ending.Stopped(usage);
        }
        text.finish(reason);
        if (chunks.isPresent()) {
            Optional<Throwable> failure = chunks.get().awaitStored(STORE_LIMIT);
            if (failure.isPresent()) {
                LOG.warn(
                        "a chunk of {} could not be stored: {}",
                        attempt.job().getJobId(),
                        failure.get().toString());
                return new Ending.Unstored();
            }
        }
        return Ending.Answer.ofText(text.whole(), reason, usage, text.lastSeq());
    }

    private ChunkPublisher chunks(Attempt attempt) {
        return new ChunkPublisher(
                (seq, text, tokens, reason) -> report.chunk(attempt, seq, text, tokens, reason),
                chunkInterval,
                nanoTime,
                later);
    }
}
