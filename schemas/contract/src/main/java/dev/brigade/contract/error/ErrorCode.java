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
    /** An image has none of, or several of, path, bytes and stored bytes. */
    IMAGE_SOURCE_INVALID(400, Type.INVALID_REQUEST_ERROR, Retry.FINAL),
    /** What should be Base64 is not. */
    INVALID_BASE64(400, Type.INVALID_REQUEST_ERROR, Retry.FINAL),
    /** A path is empty, too long, or holds a control character. */
    PATH_INVALID(400, Type.INVALID_REQUEST_ERROR, Retry.FINAL),
    /** A path steps up by {@code ..}. */
    PATH_TRAVERSAL(400, Type.INVALID_REQUEST_ERROR, Retry.FINAL),
    /** An absolute path is below no allowed root. */
    PATH_OUTSIDE_ROOTS(403, Type.INVALID_REQUEST_ERROR, Retry.FINAL),
    /** A path leads out of its root by a symbolic link. */
    PATH_SYMLINK_ESCAPE(403, Type.INVALID_REQUEST_ERROR, Retry.FINAL),
    /** A path names a folder, a device or a pipe. */
    NOT_A_REGULAR_FILE(400, Type.INVALID_REQUEST_ERROR, Retry.FINAL),
    /** No file has this path below any root. */
    IMAGE_NOT_FOUND(404, Type.INVALID_REQUEST_ERROR, Retry.FINAL),
    /** A URL where only paths are taken. */
    URL_NOT_ALLOWED(400, Type.INVALID_REQUEST_ERROR, Retry.FINAL),
    /** A URL whose host is private, local or not on the list. */
    URL_ADDRESS_NOT_ALLOWED(403, Type.INVALID_REQUEST_ERROR, Retry.FINAL),
    /** The image has no bytes. */
    IMAGE_EMPTY(400, Type.INVALID_REQUEST_ERROR, Retry.FINAL),
    /** The bytes are no image. */
    NOT_AN_IMAGE(400, Type.INVALID_REQUEST_ERROR, Retry.FINAL),
    /** The image ends before its last pixel. */
    IMAGE_TRUNCATED(400, Type.INVALID_REQUEST_ERROR, Retry.FINAL),
    /** The file's extension names another format than its content has. */
    IMAGE_TYPE_MISMATCH(400, Type.INVALID_REQUEST_ERROR, Retry.FINAL),
    /** An image of a format that is not read here. */
    IMAGE_FORMAT_UNSUPPORTED(415, Type.INVALID_REQUEST_ERROR, Retry.FINAL),
    /** The image has too many bytes or pixels. */
    IMAGE_TOO_LARGE(413, Type.INVALID_REQUEST_ERROR, Retry.FINAL),
    /** The image has too many frames. */
    IMAGE_TOO_MANY_FRAMES(400, Type.INVALID_REQUEST_ERROR, Retry.FINAL),
    /** A batch names no image. */
    NO_IMAGES(400, Type.INVALID_REQUEST_ERROR, Retry.FINAL),
    /** A batch names more images than one batch may have. */
    TOO_MANY_IMAGES(400, Type.INVALID_REQUEST_ERROR, Retry.FINAL),
    /** A manifest's line is not as it must be. */
    INVALID_MANIFEST(400, Type.INVALID_REQUEST_ERROR, Retry.FINAL),
    /** Stored bytes are not those that the digest names. */
    DIGEST_MISMATCH(400, Type.INVALID_REQUEST_ERROR, Retry.FINAL),
    /** The payload store does not hold these bytes, or no longer. */
    PAYLOAD_NOT_FOUND(404, Type.INVALID_REQUEST_ERROR, Retry.FINAL),
    /** More bytes than may be stored or read at once. */
    PAYLOAD_TOO_LARGE(413, Type.INVALID_REQUEST_ERROR, Retry.FINAL),
    /** The bytes need a payload store, and none is configured. */
    PAYLOAD_STORE_MISSING(503, Type.SERVER_ERROR, Retry.FINAL),
    /** The payload store does not answer. */
    PAYLOAD_STORE_DOWN(503, Type.SERVER_ERROR, Retry.RETRIABLE),
    /** No such uploaded file. */
    FILE_NOT_FOUND(404, Type.INVALID_REQUEST_ERROR, Retry.FINAL),
    /** No such batch, or its records are past retention. */
    BATCH_NOT_FOUND(404, Type.INVALID_REQUEST_ERROR, Retry.FINAL),
    /** The batch has no results yet. */
    RESULTS_NOT_READY(409, Type.INVALID_REQUEST_ERROR, Retry.RETRIABLE),
    /** A vision-language model's answer names no label, or several. */
    UNCLASSIFIABLE_ANSWER(502, Type.SERVER_ERROR, Retry.FINAL),
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
