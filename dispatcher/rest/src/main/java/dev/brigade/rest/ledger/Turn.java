package dev.brigade.rest.ledger;

import java.util.List;

/**
 * One instance's turn to work on batches. No two have it at the same time for long, and what the
 * earlier one still writes when another has begun is refused.
 */
public interface Turn {

    /** Whether it is not over, as far as is known here. */
    boolean held();

    /**
     * Stores all of these or none.
     *
     * @throws TurnLostException when the turn is over
     * @throws dev.brigade.rest.error.ApiException {@code not_ready} when they could not be stored
     *     and may be tried again
     */
    void write(List<Entry> entries);

    /** As {@link #write(List)}, one. */
    default void write(Entry entry) {
        write(List.of(entry));
    }
}
