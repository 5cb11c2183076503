package dev.brigade.dispatcher.request;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * Why there is no answer. The names are the contract's error codes in lower case.
 *
 * <p>A retriable code says that another attempt, with the same input, may succeed.
 */
public enum Code {
    MODEL_NOT_FOUND(false),
    NO_CAPABLE_MODEL(false),
    NOT_READY(true),
    INVALID_REQUEST(false),
    UNSUPPORTED_MODE(false),
    UNSUPPORTED_TASK(false),
    CONTEXT_LENGTH_EXCEEDED(false),
    DUPLICATE_REQUEST(false),
    TOO_FEW_MODELS(true),
    PRESET_NOT_FOUND(false),
    BUDGET_EXHAUSTED(false),
    COMPENSATION_FAILED(false),
    REQUEST_TOO_LARGE(false),
    IMAGE_SOURCE_INVALID(false),
    INVALID_BASE64(false),
    PATH_INVALID(false),
    PATH_TRAVERSAL(false),
    PATH_OUTSIDE_ROOTS(false),
    PATH_SYMLINK_ESCAPE(false),
    NOT_A_REGULAR_FILE(false),
    IMAGE_NOT_FOUND(false),
    URL_NOT_ALLOWED(false),
    URL_ADDRESS_NOT_ALLOWED(false),
    IMAGE_EMPTY(false),
    NOT_AN_IMAGE(false),
    IMAGE_TRUNCATED(false),
    IMAGE_TYPE_MISMATCH(false),
    IMAGE_FORMAT_UNSUPPORTED(false),
    IMAGE_TOO_LARGE(false),
    IMAGE_TOO_MANY_FRAMES(false),
    DIGEST_MISMATCH(false),
    PAYLOAD_NOT_FOUND(false),
    PAYLOAD_TOO_LARGE(false),
    PAYLOAD_STORE_MISSING(false),
    PAYLOAD_STORE_DOWN(true),
    NO_IMAGES(false),
    TOO_MANY_IMAGES(false),
    INVALID_MANIFEST(false),
    UNCLASSIFIABLE_ANSWER(false),
    DEADLINE_EXCEEDED(false),
    CANCELLED(false),
    ATTEMPTS_EXHAUSTED(false),
    ENGINE_CRASHED(true),
    ENGINE_ERROR(true),
    WORKER_STOPPING(true),
    QUEUE_FULL(true),
    UNDECODABLE_RECORD(false),
    UNKNOWN_SCHEMA(false),
    NULL_VALUE(false),
    INTERNAL_ERROR(true);

    private final boolean retriable;

    Code(boolean retriable) {
        this.retriable = retriable;
    }

    public boolean retriable() {
        return retriable;
    }

    /** The contract's name, such as {@code model_not_found}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The code of a contract name; empty where the dispatcher does not know it. */
    public static Optional<Code> of(String wireName) {
        return Arrays.stream(values()).filter(code -> code.wireName().equals(wireName)).findFirst();
    }
}
