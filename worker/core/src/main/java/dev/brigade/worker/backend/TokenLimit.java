package dev.brigade.worker.backend;

import dev.brigade.contract.error.ErrorCode;

/** How many tokens a call may generate, once its prompt is counted. */
public sealed interface TokenLimit {

    /**
     * There is room.
     *
     * @param most tokens to generate, 1 or more
     */
    record Room(int most) implements TokenLimit {}

    /**
     * There is none.
     *
     * @param message one line for the application
     */
    record Full(ErrorCode code, String message) implements TokenLimit {}

    /**
     * The limit of a request: what it asks for, cut to what the context and its budget of tokens
     * leave after the prompt.
     *
     * @param contextLength tokens of prompt and answer together that the model can hold
     */
    static TokenLimit of(GenerationRequest request, int promptTokens, int contextLength) {
        int room = contextLength - promptTokens;
        if (room < 1) {
            return new Full(
                    ErrorCode.CONTEXT_LENGTH_EXCEEDED,
                    "the prompt has %d tokens; this model's context of %d leaves room for at most %d"
                            .formatted(promptTokens, contextLength, contextLength - 1));
        }
        int budget = request.totalTokens().orElse(Integer.MAX_VALUE);
        if (promptTokens >= budget) {
            return new Full(
                    ErrorCode.BUDGET_EXHAUSTED,
                    "the prompt has %d tokens, and the request's budget has %d left"
                            .formatted(promptTokens, budget));
        }
        int wanted = request.maxTokens().orElse(room);
        return new Room(Math.min(Math.min(wanted, room), budget - promptTokens));
    }
}
