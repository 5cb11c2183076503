package dev.brigade.worker.backend;

/** Whether a backend can run here. */
public sealed interface Availability {

    /** It can. */
    record Available() implements Availability {}

    /**
     * It cannot.
     *
     * @param reason one line for the operator
     */
    record Unavailable(String reason) implements Availability {}
}
