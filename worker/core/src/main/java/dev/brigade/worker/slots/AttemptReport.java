package dev.brigade.worker.slots;

import dev.brigade.contract.reply.TextDigest;
import dev.brigade.schema.AttemptFailed;
import dev.brigade.schema.AttemptFinished;
import dev.brigade.schema.AttemptProgressed;
import dev.brigade.schema.AttemptStarted;
import dev.brigade.schema.Chunk;
import dev.brigade.schema.InferenceEvent;
import dev.brigade.schema.Job;
import dev.brigade.schema.JobDone;
import dev.brigade.schema.QueueEvent;
import dev.brigade.schema.Timings;
import dev.brigade.schema.Usage;
import dev.brigade.worker.backend.Outcome;
import dev.brigade.worker.outbox.Outbox;
import java.time.Clock;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Writes what happened to an attempt. */
final class AttemptReport {

    private final Outbox outbox;
    private final Clock clock;

    AttemptReport(Outbox outbox, Clock clock) {
        this.outbox = outbox;
        this.clock = clock;
    }

    CompletableFuture<Void> started(Attempt attempt) {
        return event(attempt, new AttemptStarted(attempt.ref()));
    }

    CompletableFuture<Void> progressed(Attempt attempt) {
        return event(attempt, new AttemptProgressed(attempt.ref(), attempt.tokens()));
    }

    CompletableFuture<Void> finished(Attempt attempt, Ending.Answer answer, Timings timings) {
        return event(
                attempt,
                AttemptFinished.newBuilder()
                        .setAttempt(attempt.ref())
                        .setText(answer.text())
                        .setFinishReason(wireName(answer.reason()))
                        .setUsage(usage(answer.usage()))
                        .setTimings(timings)
                        .setLastSeq(answer.lastSeq())
                        .setDigest(TextDigest.of(answer.text()))
                        .setOutput(answer.output().orElse(null))
                        .build());
    }

    CompletableFuture<Void> failed(
            Attempt attempt, Refusal refusal, boolean crashed, Outcome.@Nullable Usage usage) {
        return event(
                attempt,
                new AttemptFailed(
                        attempt.ref(),
                        refusal.code().wireName(),
                        refusal.message(),
                        refusal.code().retriable(),
                        crashed,
                        usage == null ? null : usage(usage)));
    }

    CompletableFuture<Void> done(Job job) {
        return outbox.queue(new QueueEvent(job.getModel(), new JobDone(job.getJobId())));
    }

    CompletableFuture<Void> chunk(
            Attempt attempt, int seq, String text, int tokens, Outcome.@Nullable Reason reason) {
        Job job = attempt.job();
        return outbox.chunk(
                job,
                Chunk.newBuilder()
                        .setRequestId(job.getRequestId())
                        .setStage(job.getStage())
                        .setEpoch(attempt.epoch())
                        .setSeq(seq)
                        .setText(text)
                        .setTokens(tokens)
                        .setFinishReason(reason == null ? null : wireName(reason))
                        .setModel(job.getModel())
                        .setIsFinal(job.getIsFinal())
                        .build());
    }

    private CompletableFuture<Void> event(Attempt attempt, Object event) {
        Job job = attempt.job();
        return outbox.event(job, new InferenceEvent(job.getRequestId(), clock.millis(), event));
    }

    private static Usage usage(Outcome.Usage usage) {
        return new Usage(usage.promptTokens(), usage.completionTokens());
    }

    private static String wireName(Outcome.Reason reason) {
        return reason.name().toLowerCase(Locale.ROOT);
    }
}
