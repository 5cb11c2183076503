package dev.brigade.worker.turns;

import dev.brigade.schema.Priority;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Places that threads wait for, given in the order of {@link Turns} as their shares allow. */
public final class Places {

    private final Shares shares;
    private final ReentrantLock lock = new ReentrantLock();

    // Guarded by lock.
    private final Turns<Ticket> waiting = new Turns<>();
    private final Map<Priority, Integer> taken = new EnumMap<>(Priority.class);

    public Places(Shares shares) {
        this.shares = shares;
    }

    private static final class Ticket {

        private final Priority priority;
        private final Condition turn;
        private boolean granted;

        Ticket(Priority priority, Condition turn) {
            this.priority = priority;
            this.turn = turn;
        }
    }

    /**
     * Takes a place, waiting at most so long for it.
     *
     * @return whether it has one, which is to be given back with {@link #release}
     */
    public boolean acquire(Priority priority, Duration limit) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            Ticket ticket = new Ticket(priority, lock.newCondition());
            waiting.add(priority, ticket);
            grant();
            try {
                long left = limit.toNanos();
                while (!ticket.granted && left > 0) {
                    left = ticket.turn.awaitNanos(left);
                }
            } catch (InterruptedException e) {
                if (!ticket.granted) {
                    throw e;
                }
                Thread.currentThread().interrupt();
            } finally {
                waiting.removeIf(each -> each == ticket);
            }
            return ticket.granted;
        } finally {
            lock.unlock();
        }
    }

    /** Gives back a place of a class. */
    public void release(Priority priority) {
        lock.lock();
        try {
            if (taken(priority) == 0) {
                throw new IllegalStateException("a place was given back that nobody had");
            }
            taken.merge(priority, -1, Integer::sum);
            grant();
        } finally {
            lock.unlock();
        }
    }

    private void grant() {
        for (Ticket ticket : waiting.inOrder()) {
            if (shares.admits(ticket.priority, this::taken)) {
                taken.merge(ticket.priority, 1, Integer::sum);
                waiting.take(List.of(ticket));
                ticket.granted = true;
                ticket.turn.signal();
            }
        }
    }

    private int taken(Priority priority) {
        return taken.getOrDefault(priority, 0);
    }
}
