package dev.brigade.standalone.saga;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One request in a list.
 *
 * @param mode as the terminal reports it, else as it was asked for
 * @param status open, or how it ended
 * @param parked stages whose undoing failed for good and was not answered since
 */
record SagaRow(
        String requestId,
        Instant arrivedAt,
        Optional<String> mode,
        Optional<String> preset,
        String priority,
        String tenant,
        String status,
        Optional<String> code,
        OptionalLong totalMs,
        Optional<Saga.Tokens> tokens,
        List<String> parked) {

    static final String OPEN = "open";
    private static final String COMPLETED = "completed";

    boolean isOpen() {
        return status.equals(OPEN);
    }

    boolean hasFailed() {
        return !isOpen() && !status.equals(COMPLETED);
    }
}
