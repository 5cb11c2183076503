package dev.brigade.worker.djl.batch;

import java.util.List;

/** What the model's thread does next. */
sealed interface Next<I, O> {

    /** Waits for a call. */
    record Idle<I, O>() implements Next<I, O> {}

    /**
     * Waits for a call, but no longer than this.
     *
     * @param nanos at least 1
     */
    record Wait<I, O>(long nanos) implements Next<I, O> {}

    /** Tells these calls that their time is over. */
    record Expire<I, O>(List<Call<I, O>> calls) implements Next<I, O> {}

    /** Runs these calls together. */
    record Run<I, O>(List<Call<I, O>> calls) implements Next<I, O> {}
}
