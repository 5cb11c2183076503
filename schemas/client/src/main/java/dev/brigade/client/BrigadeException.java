package dev.brigade.client;

import dev.brigade.contract.error.ErrorCode;
import org.jspecify.annotations.Nullable;

/** A request failed; {@link #failure} says how. */
public final class BrigadeException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Failure failure;

    public BrigadeException(Failure failure) {
        this(failure, null);
    }

    public BrigadeException(Failure failure, @Nullable Throwable cause) {
        super(failure.code().wireName() + ": " + failure.message(), cause);
        this.failure = failure;
    }

    /** What went wrong. */
    public Failure failure() {
        return failure;
    }

    /** Short for the failure's code. */
    public ErrorCode code() {
        return failure.code();
    }
}
