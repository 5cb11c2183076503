package dev.brigade.dispatcher.saga;

import dev.brigade.dispatcher.request.Epoch;
import dev.brigade.dispatcher.request.Failure;
import dev.brigade.dispatcher.request.Job;
import dev.brigade.dispatcher.request.Reply;
import dev.brigade.dispatcher.request.ReplyStatus;
import dev.brigade.dispatcher.request.Usage;
import java.util.Optional;

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
     */
    record RecordUsage(
            String requestId,
            String tenant,
            Optional<String> model,
            ReplyStatus status,
            Usage usage,
            long inferenceMs,
            long atMs)
            implements Command {}

    /**
     * Put the request's original record among the dead letters: the record at hand, or (after
     * crashes) the request of the state.
     */
    record DeadLetter(String requestId, Failure reason) implements Command {}

    /** Ask for the idempotency key; ClaimGranted or ClaimRefused answers. */
    record Claim(String requestId, String tenant, String key, int homePartition)
            implements Command {}

    /** Set the request's only timer, in place of an earlier one. */
    record SetTimer(String requestId, long atMs) implements Command {}
}
