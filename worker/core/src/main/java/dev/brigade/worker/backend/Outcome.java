package dev.brigade.worker.backend;

import dev.brigade.contract.error.ErrorCode;

/** How a model call ended. */
public sealed interface Outcome {

    /**
     * It has a result: everything that the sink was given.
     *
     * @param reason why it ended
     */
    record Finished(Reason reason, Usage usage) implements Outcome {}

    /** It was cancelled by its caller. */
    record Cancelled(Usage usage) implements Outcome {}

    /**
     * It has no result.
     *
     * @param message one line for the application, without prompt or answer text
     * @param crashed whether the engine process ended while it worked on the request
     */
    record Failed(ErrorCode code, String message, boolean crashed) implements Outcome {}

    /** Why a finished text ended. */
    enum Reason {
        /** End of text by the model, or a stop string. */
        STOP,
        /** The token limit or the end of the context. */
        LENGTH
    }

    /**
     * Tokens and times of a call.
     *
     * @param firstTokenMs from acceptance by the engine to the first token, in ms; -1 where there
     *     was none
     */
    record Usage(int promptTokens, int completionTokens, long firstTokenMs) {}
}
