package dev.brigade.dispatcher.saga;

import dev.brigade.dispatcher.request.Report;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * The terms of a stage's present dispatch.
 *
 * @param atMs when it was made
 * @param deadlineAtMs when the stage must be over; not after the request's deadline
 * @param tokens that are set aside for it, of the request's budget
 * @param cost that is set aside for it, of the request's budget
 * @param published whether its chunks go to the reader
 * @param pinned whether its worker keeps the model
 * @param prompt name@version
 * @param cuts of the handoff
 */
public record Call(
        long atMs,
        long deadlineAtMs,
        OptionalInt tokens,
        OptionalDouble cost,
        boolean published,
        boolean pinned,
        Optional<String> prompt,
        List<Report.Cut> cuts) {

    public Call {
        cuts = List.copyOf(cuts);
    }

    /** Of a stage that was never sent out. */
    static Call never(long nowMs) {
        return new Call(
                nowMs,
                nowMs,
                OptionalInt.empty(),
                OptionalDouble.empty(),
                false,
                false,
                Optional.empty(),
                List.of());
    }
}
