package dev.brigade.worker.backend;

import java.time.Duration;

/** A model that generates text. Safe for use by as many threads as it has slots. */
public interface TextModel extends LoadedModel {

    /**
     * Runs one request to its end on the calling (platform) thread and hands each piece of text to
     * {@code sink} on that thread as it is generated.
     *
     * <p>Expected failures are values. The call ends within a token or two after {@code
     * cancellation} is set or the sink has returned false, and at the latest when {@code limit} has
     * passed, however the engine behaves.
     *
     * @param limit most time the call may take; past it the result is {@link Outcome.Failed} with
     *     {@code deadline_exceeded}
     */
    Outcome generate(
            GenerationRequest request, TokenSink sink, Cancellation cancellation, Duration limit);

    /** Whether messages may hold pictures. */
    default boolean takesImages() {
        return false;
    }
}
