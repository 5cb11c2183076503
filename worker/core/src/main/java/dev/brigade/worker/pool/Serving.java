package dev.brigade.worker.pool;

import dev.brigade.contract.topic.TopicMismatchException;
import dev.brigade.worker.backend.LoadedModel;
import java.time.Duration;
import java.util.OptionalDouble;

/** Lets jobs in to loaded models. */
@FunctionalInterface
public interface Serving {

    /**
     * Begins to take jobs for a model; waits for the broker where it does not answer.
     *
     * @throws TopicMismatchException when the model's topic is not as it must be
     */
    Served begin(HostedModel hosted, LoadedModel model) throws InterruptedException;

    /** A model that takes jobs. Thread-safe. */
    interface Served {

        /** Jobs that it takes at once. */
        int slots();

        /** Jobs that it works on now. */
        int running();

        /** When it last worked on a job, by {@link System#nanoTime()}. */
        long lastUsedNanos();

        /** Recent tokens per second. */
        OptionalDouble tokensPerSecond();

        /**
         * Takes no new jobs, lets the running ones end for a while, then fails them as retriable.
         * Idempotent.
         */
        void end(Duration grace) throws InterruptedException;
    }
}
