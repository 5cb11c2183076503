package dev.brigade.worker.slots;

/** The model call of one attempt. */
@FunctionalInterface
interface Work {

    /**
     * Runs it to its end on the calling thread. It ends soon after the attempt is stopped, and at
     * the latest at the attempt's deadline.
     *
     * @param beganAtNanos when it may begin, by {@link System#nanoTime()}
     */
    Ending run(Attempt attempt, long beganAtNanos) throws InterruptedException;
}
