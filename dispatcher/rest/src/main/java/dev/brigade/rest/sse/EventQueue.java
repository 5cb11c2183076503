package dev.brigade.rest.sse;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Brings events from the client's thread to the thread that writes to the network. It holds two at
 * most: while the network is slow the client's thread waits here, and text gathers there into one
 * larger piece.
 */
public final class EventQueue<E> implements AutoCloseable {

    private static final int CAPACITY = 2;
    private static final long RECHECK_MS = 100;

    private final BlockingQueue<E> events = new ArrayBlockingQueue<>(CAPACITY);
    private volatile boolean closed;

    /** Hands an event over, as soon as there is room; drops it once nobody takes any more. */
    public void put(E event) {
        try {
            boolean taken = false;
            while (!closed && !taken) {
                taken = events.offer(event, RECHECK_MS, TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            closed = true;
            Thread.currentThread().interrupt();
        }
    }

    /** The next event; empty when none comes in this time. */
    Optional<E> next(Duration most) throws InterruptedException {
        return Optional.ofNullable(events.poll(most.toNanos(), TimeUnit.NANOSECONDS));
    }

    /** Takes no more; a client's thread that waits here goes on. */
    @Override
    public void close() {
        closed = true;
    }
}
