package dev.brigade.standalone.home;

/** The data folder cannot be used; the message says why and what to do, in one line. */
public final class HomeException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    HomeException(String message) {
        super(message);
    }
}
