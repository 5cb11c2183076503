package dev.brigade.bench.evaluation;

/** Where requests go. Safe for use by many threads. */
@FunctionalInterface
interface Answering {

    /** Sends a request and waits for its end, within a time of its own. */
    CallResult ask(Call call) throws InterruptedException;
}
