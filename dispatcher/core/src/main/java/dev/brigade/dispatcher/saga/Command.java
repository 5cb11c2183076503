package dev.brigade.dispatcher.saga;

import dev.brigade.dispatcher.request.Checkpoint;
import dev.brigade.dispatcher.request.Compensation;
import dev.brigade.dispatcher.request.Epoch;
import dev.brigade.dispatcher.request.Failure;
import dev.brigade.dispatcher.request.ImageResult;
import dev.brigade.dispatcher.request.Job;
import dev.brigade.dispatcher.request.Reply;
import dev.brigade.dispatcher.request.ReplyStatus;
import dev.brigade.dispatcher.request.Usage;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** What the shell must do, in this order, in the transaction that stores the new state. */
public sealed interface Command {

    /** Tell the scheduler of the job's model that a job is ready. */
    record EnqueueJob(Job job) implements Command {}

    /**
     * Tell the scheduler that a job need not run any more; its place frees if it is out.
     *
     * @param reason cancelled, expired, replaced or closed
     */
    record WithdrawJob(String model, String jobId, String reason) implements Command {}

    /** Tell the scheduler that a job is done. */
    record FreeSlot(String model, String jobId) implements Command {}

    /**
     * Tell the workers to stop.
     *
     * @param jobId only this job; empty is every job of the request
     * @param keep the attempt of the job that goes on
     */
    record CancelAttempt(String requestId, Optional<String> jobId, Optional<Epoch> keep)
            implements Command {}

    /** Publish the terminal. At most one per request id while its tombstone lasts. */
    record SendReply(Reply reply) implements Command {}

    /**
     * Publish what the request used.
     *
     * @param inferenceMs time of the winning attempts
     * @param cost of the usage; empty where no model has a price
     * @param images that were classified
     */
    record RecordUsage(
            String requestId,
            String tenant,
            Optional<String> model,
            ReplyStatus status,
            Usage usage,
            long inferenceMs,
            long atMs,
            OptionalDouble cost,
            int images)
            implements Command {}

    /**
     * Put the request's original record among the dead letters: the record at hand, or (after
     * crashes) the request of the state.
     */
    record DeadLetter(String requestId, Failure reason) implements Command {}

    /**
     * Publish the progress of a map or a batch.
     *
     * @param stage map or batch
     * @param seq counts the records from 0
     * @param perSecond images a second over the last ten seconds; 0 of a map
     * @param remainingMs that the rest will take at that speed; empty where nothing is done yet
     */
    record PublishProgress(
            String requestId,
            int replyPartition,
            String stage,
            int seq,
            int done,
            int failed,
            int total,
            double perSecond,
            OptionalLong remainingMs)
            implements Command {}

    /**
     * Publish how some images of a batch ended; each image is in exactly one of these.
     *
     * @param part counts the records from 0
     * @param model that classified them, or would have
     * @param items by index
     */
    record PublishResults(
            String requestId, int replyPartition, int part, String model, List<ImageResult> items)
            implements Command {
        public PublishResults {
            items = List.copyOf(items);
        }
    }

    /**
     * Publish that the chunks of this attempt are void.
     *
     * @param isFinal as these chunks were
     */
    record RetractDraft(
            String requestId,
            String stage,
            String model,
            Epoch epoch,
            boolean isFinal,
            int replyPartition)
            implements Command {}

    /** Publish what undoes a completed stage, on the platform's own topic. */
    record Compensate(Compensation compensation) implements Command {}

    /** Send the compensation to the participant outside; {@link Event.CompensationAnswered}. */
    record UndoEffect(String topic, Compensation compensation) implements Command {}

    /** Put a compensation that nobody carried out among the dead letters. */
    record ParkCompensation(String topic, Compensation compensation, Failure reason)
            implements Command {}

    /** Tell the workers that the request needs none of its pinned models any more. */
    record ReleasePins(String requestId) implements Command {}

    /** Give the idempotency key back, with what a request that has it next may go on from. */
    record ReleaseClaim(
            String requestId, String tenant, String key, int homePartition, Checkpoint checkpoint)
            implements Command {}

    /** Ask for the idempotency key; ClaimGranted or ClaimRefused answers. */
    record Claim(String requestId, String tenant, String key, int homePartition)
            implements Command {}

    /** Set the request's only timer, in place of an earlier one. */
    record SetTimer(String requestId, long atMs) implements Command {}
}
