package dev.brigade.client;

import dev.brigade.contract.error.ErrorCode;
import dev.brigade.schema.Reply;
import org.jspecify.annotations.Nullable;

/**
 * Why there is no answer.
 *
 * @param requestId the request; null when none was sent
 * @param code what went wrong; {@code internal_error} for a code of a newer version
 * @param message for people; never holds prompt text
 * @param param field at fault, by its OpenAI name
 * @param retriable whether the same request may succeed later
 * @param outcomeKnown whether it is certain that no answer will come; when false, the terminal may
 *     still come and {@link BrigadeClient#find} tells
 * @param reply the terminal that said so, where one did
 */
public record Failure(
        @Nullable String requestId,
        ErrorCode code,
        String message,
        @Nullable String param,
        boolean retriable,
        boolean outcomeKnown,
        @Nullable Reply reply) {

    /** A failure that no terminal told, of a request that will have no answer. */
    static Failure certain(@Nullable String requestId, ErrorCode code, String message) {
        return new Failure(requestId, code, message, null, code.retriable(), true, null);
    }

    /** A failure of this client, while the request may well be answered. */
    static Failure outcomeUnknown(@Nullable String requestId, ErrorCode code, String message) {
        return new Failure(requestId, code, message, null, code.retriable(), false, null);
    }
}
