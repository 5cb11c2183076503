package dev.brigade.dispatcher.scheduling;

import dev.brigade.dispatcher.request.Code;
import dev.brigade.dispatcher.request.Job;

/** What the shell must do, in order, in the transaction that commits the event. */
public sealed interface QueueCommand {

    /** Store the entry under its job id, in place of an earlier one. */
    record Store(QueueEntry entry) implements QueueCommand {}

    /** Delete the entry of a job. */
    record Remove(String jobId) implements QueueCommand {}

    /** Store the model's small state, in place of the earlier one. */
    record StoreModel(ModelState state) implements QueueCommand {}

    /**
     * Let the job out to the workers, and tell its request.
     *
     * @param budgetMs time left until its deadline, at least 1
     */
    record Release(Job job, long budgetMs) implements QueueCommand {}

    /** Tell the job's request that the queue does not take it. */
    record Refuse(Job job, Code code) implements QueueCommand {}
}
