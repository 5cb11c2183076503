package dev.brigade.standalone.broker;

/** The broker did not come up; the message says why, in words for a person. */
public final class BrokerStartException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    BrokerStartException(String message) {
        super(message);
    }

    BrokerStartException(String message, Exception cause) {
        super(message, cause);
    }

    boolean portTaken() {
        String message = getMessage();
        return message != null && message.contains("Address already in use");
    }
}
