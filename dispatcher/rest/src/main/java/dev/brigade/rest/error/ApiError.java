package dev.brigade.rest.error;

import dev.brigade.client.Failure;
import dev.brigade.contract.error.ErrorCode;
import dev.brigade.contract.request.Violation;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What an HTTP client is told when there is no answer.
 *
 * @param status HTTP status
 * @param type OpenAI's error type
 * @param code machine-readable code
 * @param param field at fault, such as {@code messages[0].content}
 * @param message for people; never holds text of the request's prompt
 * @param retryAfter when to try again, for 429 and 503
 */
public record ApiError(
        int status,
        String type,
        String code,
        @Nullable String param,
        String message,
        @Nullable Duration retryAfter) {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);
    private static final int MAX_PARAM_LENGTH = 100;

    /** An error of the contract. */
    public static ApiError of(ErrorCode code, @Nullable String param, String message) {
        return plain(code.httpStatus(), code.type(), code.wireName(), param, message);
    }

    /** An error of the contract that no field is to blame for. */
    public static ApiError of(ErrorCode code, String message) {
        return of(code, null, message);
    }

    /** A rule of the contract that a request does not keep. */
    public static ApiError of(Violation violation) {
        return of(violation.code(), violation.param(), violation.message());
    }

    /** A field that is missing, malformed or out of range. */
    public static ApiError invalid(@Nullable String param, String message) {
        return of(ErrorCode.INVALID_REQUEST, shown(param), message);
    }

    /** A field that cannot be honoured. */
    public static ApiError unsupported(String param, String why) {
        String name = shown(param);
        return of(ErrorCode.UNSUPPORTED_FIELD, name, name + " " + why);
    }

    /** An error of HTTP itself, which the contract knows nothing of. */
    public static ApiError http(int status, String code, String message) {
        return plain(status, ErrorCode.Type.INVALID_REQUEST_ERROR, code, null, message);
    }

    /** What the client says went wrong. */
    public static ApiError of(Failure failure) {
        return of(failure.code(), failure.param(), failure.message());
    }

    /**
     * A code that came in a reply; one that this version does not know is an error of the server.
     */
    public static ApiError ofReply(String code, @Nullable String param, String message) {
        return ErrorCode.ofWireName(code)
                .map(known -> of(known, param, message))
                .orElseGet(() ->
                        plain(
                                ErrorCode.INTERNAL_ERROR.httpStatus(),
                                ErrorCode.INTERNAL_ERROR.type(),
                                code,
                                param,
                                message));
    }

    private static ApiError plain(
            int status, ErrorCode.Type type, String code, @Nullable String param, String message) {
        Duration retryAfter = status == 429 || status == 503 ? RETRY_AFTER : null;
        return new ApiError(status, type.wireName(), code, param, message, retryAfter);
    }

    /**
     * A client chooses the names of its fields, so they are cut and cleaned before they are shown.
     */
    private static @Nullable String shown(@Nullable String param) {
        if (param == null) {
            return null;
        }
        String cut =
                param.length() <= MAX_PARAM_LENGTH ? param : param.substring(0, MAX_PARAM_LENGTH);
        return cut.replaceAll("[^\\x20-\\x7E]", "?");
    }
}
