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
