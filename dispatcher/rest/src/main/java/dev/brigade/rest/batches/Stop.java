package dev.brigade.rest.batches;

/** Why no more lines are sent. */
enum Stop {
    CANCELLED("batch_cancelled", "This request was not executed: the batch was cancelled before."),
    EXPIRED(
            "batch_expired",
            "This request could not be executed before the completion window expired."),
    /** Somebody else goes on. */
    ABANDONED("batch_abandoned", "Another instance goes on with the batch.");

    private final String code;
    private final String message;

    Stop(String code, String message) {
        this.code = code;
        this.message = message;
    }

    String code() {
        return code;
    }

    String message() {
        return message;
    }
}
