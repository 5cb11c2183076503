package dev.brigade.rest.error;

/** Ends the handling of a call with an error that its client is told. */
public final class ApiException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient ApiError error;

    public ApiException(ApiError error) {
        // No stack trace: this is an answer, not a fault of the program.
        super(error.code(), null, false, false);
        this.error = error;
    }

    /** What the client is told. */
    public ApiError error() {
        return error;
    }
}
