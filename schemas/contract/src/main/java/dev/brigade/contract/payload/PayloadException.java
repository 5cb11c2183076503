package dev.brigade.contract.payload;

import dev.brigade.contract.error.ErrorCode;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The payload store could not do what it was asked for: {@code payload_not_found}, {@code
 * digest_mismatch}, {@code payload_too_large}, {@code payload_store_missing} or {@code
 * payload_store_down}.
 */
public final class PayloadException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final ErrorCode code;

    /**
     * @param message for people; never holds stored bytes
     */
    public PayloadException(ErrorCode code, String message) {
        this(code, message, null);
    }

    /** As {@link #PayloadException(ErrorCode, String)}, with what led to it. */
    public PayloadException(ErrorCode code, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }

    /** What went wrong. */
    public ErrorCode code() {
        return code;
    }
}
