package dev.brigade.worker.app;

/** The worker cannot start; the message says why, to the operator. */
final class StartFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    StartFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
