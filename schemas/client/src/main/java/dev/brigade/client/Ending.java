package dev.brigade.client;

/** How a request ended for its reader. */
sealed interface Ending {

    /** With an answer; what was shown is the beginning of its text. */
    record Completed(Answer answer) implements Ending {}

    /** Without one. */
    record Failed(Failure failure) implements Ending {}

    /** It repeats an earlier request, whose answer is this one's. */
    record Elsewhere(String originalRequestId, Failure otherwise) implements Ending {}
}
