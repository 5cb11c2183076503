package dev.brigade.client;

/** What a thread of its own reads from the log. */
interface Followed {

    /** The request. */
    String id();

    /** Ends it without a terminal; does nothing to one that has ended. */
    void fail(Failure failure);
}
