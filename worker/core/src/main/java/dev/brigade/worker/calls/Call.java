package dev.brigade.worker.calls;

import dev.brigade.worker.backend.Cancellation;
import dev.brigade.worker.backend.Result;
import java.time.Duration;

/** What a job asks of a model. */
@FunctionalInterface
public interface Call {

    /**
     * Runs it to its end on the calling thread, which it may interrupt meanwhile. Expected failures
     * are values. It ends within a second after {@code cancellation} is set.
     *
     * @param limit most time that it may take; past it the result is {@code deadline_exceeded}
     */
    Result<CallOutput> run(Cancellation cancellation, Duration limit) throws InterruptedException;
}
