package dev.brigade.contract.error;

import java.util.Locale;
import java.util.Optional;

/**
 * What can go wrong with a request, with its wire name, HTTP status and whether a retry may help.
 */
public enum ErrorCode {
    /** A field is missing, malformed or out of range. */
    INVALID_REQUEST(400, Type.INVALID_REQUEST_ERROR, Retry.FINAL),
    /** A field that this server cannot honour. */
    UNSUPPORTED_FIELD(400, Type.INVALID_REQUEST_ERROR, Retry.FINAL),
    /** An orchestration mode that this server cannot run. */
    UNSUPPORTED_MODE(400, Type.INVALID_REQUEST_ERROR, Retry.FINAL),
    /** A kind of task that the model cannot do. */
    UNSUPPORTED_TASK(400, Type.INVALID_REQUEST_ERROR, Retry.FINAL),
    /** Prompt and answer do not fit the model's context. */
    CONTEXT_LENGTH_EXCEEDED(400, Type.INVALID_REQUEST_ERROR, Retry.FINAL),
    /** The next stage would cost more tokens or money than the request allows. */
    BUDGET_EXHAUSTED(400, Type.INVALID_REQUEST_ERROR, Retry.FINAL),
    /** The API key is missing or unknown. */
    INVALID_API_KEY(401, Type.AUTHENTICATION_ERROR, Retry.FINAL),
    /** No worker has ever described the model. */
    MODEL_NOT_FOUND(404, Type.INVALID_REQUEST_ERROR, Retry.FINAL),
    /** No preset has this name. */
    PRESET_NOT_FOUND(404, Type.INVALID_REQUEST_ERROR, Retry.FINAL),
    /** No such request, or its reply is past retention. */
    REQUEST_NOT_FOUND(404, Type.INVALID_REQUEST_ERROR, Retry.FINAL),
    /** The idempotency key belongs to an earlier request. */
    DUPLICATE_REQUEST(409, Type.INVALID_REQUEST_ERROR, Retry.FINAL),
    /** The body is over the limit. */
    REQUEST_TOO_LARGE(413, Type.INVALID_REQUEST_ERROR, Retry.FINAL),
    /** The request was cancelled. */
    CANCELLED(499, Type.INVALID_REQUEST_ERROR, Retry.FINAL),
    /** The model's queue is full. */
    QUEUE_FULL(429, Type.RATE_LIMIT_ERROR, Retry.RETRIABLE),
    /** Too many requests are open. */
    TOO_MANY_REQUESTS(429, Type.RATE_LIMIT_ERROR, Retry.RETRIABLE),
    /** No live model can do what the request needs. */
    NO_CAPABLE_MODEL(503, Type.SERVER_ERROR, Retry.RETRIABLE),
    /** Fewer models are up than the orchestration mode needs. */
    TOO_FEW_MODELS(503, Type.SERVER_ERROR, Retry.RETRIABLE),
    /** The server is not ready yet. */
    NOT_READY(503, Type.SERVER_ERROR, Retry.RETRIABLE),
    /** The request's time ran out. */
    DEADLINE_EXCEEDED(504, Type.SERVER_ERROR, Retry.FINAL),
    /** The engine reported an error. */
    ENGINE_ERROR(502, Type.SERVER_ERROR, Retry.RETRIABLE),
    /** The engine process ended while it worked on the request. */
    ENGINE_CRASHED(502, Type.SERVER_ERROR, Retry.RETRIABLE),
    /** The worker is shutting down or unloading the model. */
    WORKER_STOPPING(503, Type.SERVER_ERROR, Retry.RETRIABLE),
    /** The attempt that was streamed is lost, and its successor's text differs. */
    ATTEMPT_LOST(502, Type.SERVER_ERROR, Retry.RETRIABLE),
    /** Every attempt was lost. */
    ATTEMPTS_EXHAUSTED(502, Type.SERVER_ERROR, Retry.RETRIABLE),
    /** The record's bytes are not in the wire format. */
    UNDECODABLE_RECORD(400, Type.INVALID_REQUEST_ERROR, Retry.FINAL),
    /** The record's schema id is not known. */
    UNKNOWN_SCHEMA(400, Type.INVALID_REQUEST_ERROR, Retry.FINAL),
    /** The record has no value. */
    NULL_VALUE(400, Type.INVALID_REQUEST_ERROR, Retry.FINAL),
    /** No participant undid a stage's effect: a reason of dead letters, never of replies. */
    COMPENSATION_FAILED(500, Type.SERVER_ERROR, Retry.FINAL),
    /** A bug in the server. */
    INTERNAL_ERROR(500, Type.SERVER_ERROR, Retry.RETRIABLE);

    /** OpenAI's {@code error.type}. */
    public enum Type {
        INVALID_REQUEST_ERROR,
        AUTHENTICATION_ERROR,
        RATE_LIMIT_ERROR,
        SERVER_ERROR;

        /** Name on the wire, such as {@code invalid_request_error}. */
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private enum Retry {
        RETRIABLE,
        FINAL
    }

    private final int httpStatus;
    private final Type type;
    private final Retry retry;

    ErrorCode(int httpStatus, Type type, Retry retry) {
        this.httpStatus = httpStatus;
        this.type = type;
        this.retry = retry;
    }

    /** Name on the wire, such as {@code model_not_found}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Status of an HTTP answer that carries this code. */
    public int httpStatus() {
        return httpStatus;
    }

    /** OpenAI's error type. */
    public Type type() {
        return type;
    }

    /** Whether the same request may succeed later or elsewhere. */
    public boolean retriable() {
        return retry == Retry.RETRIABLE;
    }

    /** The code with this wire name; empty for a name of a newer version. */
    public static Optional<ErrorCode> ofWireName(String wireName) {
        for (ErrorCode code : values()) {
            if (code.wireName().equals(wireName)) {
                return Optional.of(code);
            }
        }
        return Optional.empty();
    }
}
