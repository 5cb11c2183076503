package dev.brigade.rest.ledger;

import java.util.List;
import java.util.Optional;

/**
 * What all instances of this adapter know together. Whoever writes here reads what it wrote; others
 * read it a moment later. Safe for use by many threads.
 */
public interface Ledger {

    /**
     * The newest of every key.
     *
     * @throws dev.brigade.rest.error.ApiException {@code not_ready} while it is not read yet
     */
    LedgerRecords records();

    /**
     * Returns when these are stored.
     *
     * @throws dev.brigade.rest.error.ApiException {@code not_ready} when they could not be
     */
    void put(List<Entry> entries);

    /** As {@link #put(List)}, one. */
    default void put(Entry entry) {
        put(List.of(entry));
    }

    /** The turn to work on batches, while this instance has it. */
    Optional<Turn> turn();
}
