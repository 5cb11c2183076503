package dev.brigade.client;

/** How a batch ended for its reader, who has had all its results. */
sealed interface BatchEnding {

    record Completed(BatchAnswer answer) implements BatchEnding {}

    record Failed(Failure failure) implements BatchEnding {}

    /** It repeats an earlier batch, whose results are this one's. */
    record Elsewhere(String originalRequestId, Failure otherwise) implements BatchEnding {}
}
