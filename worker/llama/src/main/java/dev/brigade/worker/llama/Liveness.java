package dev.brigade.worker.llama;

import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Whether an engine process still does something: its answers to pings, and how long cancelled
 * requests go on. Times are those of {@link System#nanoTime}.
 */
final class Liveness {

    /** When the engine was told to end a request that has not ended. */
    private final Map<Integer, Long> cancelling = new ConcurrentHashMap<>();

    private long pings;
    private long answered;
    private long askedNanos;

    /** A ping to send; empty while an earlier one is unanswered. */
    synchronized OptionalLong ping() {
        if (answered < pings) {
            return OptionalLong.empty();
        }
        askedNanos = System.nanoTime();
        return OptionalLong.of(++pings);
    }

    synchronized void pong(long number) {
        answered = Math.max(answered, number);
    }

    /** Notes that a request is to end; false when that was known. */
    boolean cancelling(int id) {
        return cancelling.putIfAbsent(id, System.nanoTime()) == null;
    }

    void ended(int id) {
        cancelling.remove(id);
    }

    synchronized boolean isAlive(Duration hangTimeout, Duration drainTimeout) {
        long now = System.nanoTime();
        boolean answers = answered == pings || now - askedNanos < hangTimeout.toNanos();
        return answers
                && cancelling.values().stream()
                        .allMatch(since -> now - since < drainTimeout.toNanos());
    }
}
