package dev.brigade.dispatcher.app.mapping;

import dev.brigade.dispatcher.request.Answer;
import dev.brigade.dispatcher.request.Attempt;
import dev.brigade.dispatcher.request.Code;
import dev.brigade.dispatcher.request.Job;
import dev.brigade.dispatcher.saga.Event;
import dev.brigade.dispatcher.scheduling.QueueEvent;
import dev.brigade.schema.AttemptFailed;
import dev.brigade.schema.AttemptFinished;
import dev.brigade.schema.AttemptProgressed;
import dev.brigade.schema.AttemptRef;
import dev.brigade.schema.AttemptStarted;
import dev.brigade.schema.ClaimAnswered;
import dev.brigade.schema.CompensationAnswered;
import dev.brigade.schema.InferenceEvent;
import dev.brigade.schema.JobDone;
import dev.brigade.schema.JobReady;
import dev.brigade.schema.JobRefused;
import dev.brigade.schema.JobReleased;
import dev.brigade.schema.JobWithdrawn;
import dev.brigade.schema.SlotsChanged;
import java.util.Optional;

/** Reads the contract's events into the core's, and writes those that the scheduler sends. */
public final class Events {

    private static final int MAX_MESSAGE = 500;

    private Events() {}

    /** What happened to a request. */
    public static Event read(InferenceEvent record) {
        String id = record.getRequestId();
        return switch (record.getEvent()) {
            case JobReleased released ->
                    new Event.JobReleased(id, released.getStage(), released.getJobId());
            case JobRefused refused ->
                    new Event.JobRefused(
                            id,
                            refused.getStage(),
                            refused.getJobId(),
                            Failures.code(refused.getCode()));
            case AttemptStarted started -> new Event.AttemptStarted(attempt(started.getAttempt()));
            case AttemptProgressed progressed ->
                    new Event.AttemptProgressed(attempt(progressed.getAttempt()));
            case AttemptFinished finished ->
                    new Event.AttemptFinished(attempt(finished.getAttempt()), answer(finished));
            case AttemptFailed failed ->
                    new Event.AttemptFailed(
                            attempt(failed.getAttempt()),
                            Failures.code(failed.getCode()),
                            failed.getMessage(),
                            failed.getRetriable(),
                            failed.getCrashed());
            case ClaimAnswered answered -> claim(id, answered);
            case CompensationAnswered answered ->
                    new Event.CompensationAnswered(
                            id,
                            answered.getCompensationId(),
                            answered.getStage(),
                            answered.getAttempt(),
                            answered.getSucceeded(),
                            Optional.ofNullable(answered.getMessage()).map(Events::bounded));
            default -> throw new IllegalArgumentException("an event of an unknown kind");
        };
    }

    /** What happened to a model's queue. */
    public static QueueEvent read(dev.brigade.schema.QueueEvent record) {
        return switch (record.getEvent()) {
            case JobReady ready -> new QueueEvent.JobReady(Jobs.read(ready.getJob()));
            case JobWithdrawn withdrawn -> new QueueEvent.JobWithdrawn(withdrawn.getJobId());
            case JobDone done -> new QueueEvent.JobDone(done.getJobId());
            case SlotsChanged changed ->
                    new QueueEvent.SlotsChanged(
                            changed.getWorkerId(), changed.getSlots(), changed.getTtlMs());
            default -> throw new IllegalArgumentException("a queue event of an unknown kind");
        };
    }

    /** Says that a job was let out. */
    public static InferenceEvent released(Job job, long nowMs) {
        return new InferenceEvent(
                job.requestId(), nowMs, new JobReleased(job.id(), job.stage(), job.dispatch()));
    }

    /** Says that a job was not taken. */
    public static InferenceEvent refused(Job job, Code code, long nowMs) {
        return new InferenceEvent(
                job.requestId(),
                nowMs,
                new JobRefused(job.id(), job.stage(), job.dispatch(), code.wireName()));
    }

    private static Event claim(String id, ClaimAnswered answered) {
        String original = answered.getOriginalRequestId();
        return answered.getGranted() || original == null
                ? new Event.ClaimGranted(
                        id, Optional.ofNullable(answered.getCheckpoint()).map(Checkpoints::read))
                : new Event.ClaimRefused(id, original);
    }

    /** The contract's bound; whoever answers a compensation may not keep to it. */
    private static String bounded(String message) {
        return message.substring(0, Math.min(message.length(), MAX_MESSAGE));
    }

    private static Attempt attempt(AttemptRef ref) {
        return new Attempt(
                ref.getRequestId(),
                ref.getStage(),
                ref.getJobId(),
                Measures.read(ref.getEpoch()),
                ref.getWorkerId(),
                ref.getModel());
    }

    private static Answer answer(AttemptFinished finished) {
        return new Answer(
                Measures.read(finished.getAttempt().getEpoch()),
                finished.getText(),
                finished.getFinishReason(),
                Measures.read(finished.getUsage()),
                Measures.read(finished.getTimings()),
                finished.getLastSeq(),
                finished.getDigest(),
                Optional.ofNullable(finished.getOutput()).map(Outputs::read));
    }
}
