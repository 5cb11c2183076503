package dev.brigade.standalone.saga;

/** The log cannot be read or written; the message is the line to print. */
final class LogException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    LogException(String message) {
        super(message);
    }
}
