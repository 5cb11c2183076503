package dev.brigade.client;

import dev.brigade.schema.OrchestrationReport;
import dev.brigade.schema.Reply;
import java.util.Optional;

/**
 * A completed request.
 *
 * @param requestId the request; the original one where an idempotency key led there
 * @param text the whole answer
 * @param model model that gave it
 * @param finishReason {@code stop} or {@code length}
 * @param promptTokens tokens of the prompt
 * @param completionTokens generated tokens
 * @param reply the terminal as it was read, with cost, timings and orchestration report
 */
public record Answer(
        String requestId,
        String text,
        String model,
        String finishReason,
        int promptTokens,
        int completionTokens,
        Reply reply) {

    /** The answer in a completed terminal. */
    public static Answer of(Reply reply) {
        boolean counted = reply.getUsage() != null;
        return new Answer(
                reply.getRequestId(),
                orElse(reply.getText(), ""),
                orElse(reply.getModel(), ""),
                orElse(reply.getFinishReason(), "stop"),
                counted ? reply.getUsage().getPromptTokens() : 0,
                counted ? reply.getUsage().getCompletionTokens() : 0,
                reply);
    }

    /** How the answer came about; empty where one model call was all and nothing was reported. */
    public Optional<OrchestrationReport> orchestration() {
        return Optional.ofNullable(reply.getOrchestration());
    }

    private static String orElse(
            @org.jspecify.annotations.Nullable String value, String otherwise) {
        return value == null ? otherwise : value;
    }
}
