package dev.brigade.worker.turns;

import dev.brigade.schema.Priority;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** A bounded queue between threads, out of which things come in the order of {@link Turns}. */
public final class TurnQueue<T> {

    private final Places places;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();

    // Guarded by lock.
    private final Turns<Entry<T>> waiting = new Turns<>();

    public TurnQueue(Shares shares) {
        this.places = new Places(shares);
    }

    private record Entry<T>(Priority priority, T one) {}

    /** Puts one in; false where there was no room for it in time. */
    public boolean offer(Priority priority, T one, Duration limit) throws InterruptedException {
        if (!places.acquire(priority, limit)) {
            return false;
        }
        lock.lock();
        try {
            waiting.add(priority, new Entry<>(priority, one));
            arrived.signal();
        } finally {
            lock.unlock();
        }
        return true;
    }

    /** Takes out who has the next turn, and waits while there is none. */
    public T take() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            Optional<T> next = next();
            while (next.isEmpty()) {
                arrived.await();
                next = next();
            }
            return next.get();
        } finally {
            lock.unlock();
        }
    }

    /** Takes out who has the next turn, if any. */
    public Optional<T> poll() {
        lock.lock();
        try {
            return next();
        } finally {
            lock.unlock();
        }
    }

    private Optional<T> next() {
        Optional<Entry<T>> next = waiting.inOrder().stream().findFirst();
        next.ifPresent(entry -> {
            waiting.take(List.of(entry));
            places.release(entry.priority);
        });
        return next.map(Entry::one);
    }
}
