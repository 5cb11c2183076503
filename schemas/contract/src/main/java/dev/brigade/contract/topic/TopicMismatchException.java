package dev.brigade.contract.topic;

/** Topics are not as the catalogue says, and a program must not start on them. */
public final class TopicMismatchException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public TopicMismatchException(String message) {
        super(message);
    }
}
