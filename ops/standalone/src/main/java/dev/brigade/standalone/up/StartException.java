package dev.brigade.standalone.up;

/** The system did not come up; the message says why, in one line for a person. */
public final class StartException extends Exception {

    private static final long serialVersionUID = 1L;

    StartException(String message) {
        super(message);
    }
}
