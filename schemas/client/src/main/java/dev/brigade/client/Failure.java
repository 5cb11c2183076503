package dev.brigade.client;

import dev.brigade.contract.error.ErrorCode;
import dev.brigade.schema.Reply;
import dev.brigade.schema.ReplyError;
import java.util.Locale;
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

    /** The failure that a terminal tells. */
    static Failure of(Reply reply) {
        ReplyError error = reply.getError();
        if (error == null) {
            return ofStatus(reply);
        }
        ErrorCode code = ErrorCode.ofWireName(error.getCode()).orElse(ErrorCode.INTERNAL_ERROR);
        return told(reply, code, error.getMessage(), error.getParam(), error.getRetriable());
    }

    private static Failure ofStatus(Reply reply) {
        ErrorCode code =
                switch (reply.getStatus()) {
                    case CANCELLED -> ErrorCode.CANCELLED;
                    case EXPIRED -> ErrorCode.DEADLINE_EXCEEDED;
                    case REJECTED -> ErrorCode.INVALID_REQUEST;
                    case FAILED, COMPLETED -> ErrorCode.INTERNAL_ERROR;
                };
        String status = reply.getStatus().name().toLowerCase(Locale.ROOT);
        return told(reply, code, "the request was " + status, null, code.retriable());
    }

    /** A failure that a terminal told. */
    static Failure told(
            Reply reply,
            ErrorCode code,
            String message,
            @Nullable String param,
            boolean retriable) {
        return new Failure(reply.getRequestId(), code, message, param, retriable, true, reply);
    }
}
