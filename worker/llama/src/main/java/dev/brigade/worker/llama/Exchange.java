package dev.brigade.worker.llama;

import dev.brigade.worker.backend.Outcome;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What an engine has said about one request and its caller has not taken yet.
 *
 * <p>The thread that reads the engine's pipe serves all requests and so never waits for one: it
 * adds text here, and a slow caller takes all that has gathered as one piece. The engine cannot be
 * held back for one request alone (its native queue would take the text instead); the bound is the
 * text of the tokens that the request may have at all, and {@link #MOST_PENDING} characters.
 */
final class Exchange {

    /** Far above the text of a long answer; past it the caller is as good as gone. */
    static final int MOST_PENDING = 8 << 20;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final StringBuilder text = new StringBuilder();
    private final int id;
    private final Runnable onEnd;
    private int tokens;
    private boolean pending;
    private boolean woken;
    private Optional<Outcome> outcome = Optional.empty();

    /** What there is to do for the caller. */
    sealed interface Next {
        /** Text to hand on. */
        record Text(String text, int tokens) implements Next {}

        /** The request has ended; all its text was taken. */
        record Ended(Outcome outcome) implements Next {}

        /** {@link Exchange#wake} was called. */
        record Woken() implements Next {}

        /** The time is over. */
        record TimedOut() implements Next {}
    }

    /**
     * @param onEnd run once, when the engine is done with the request
     */
    Exchange(int id, Runnable onEnd) {
        this.id = id;
        this.onEnd = onEnd;
    }

    int id() {
        return id;
    }

    /** Adds text; false when too much is waiting already. */
    boolean add(String more, int moreTokens) {
        lock.lock();
        try {
            if (text.length() + more.length() > MOST_PENDING) {
                return false;
            }
            text.append(more);
            tokens += moreTokens;
            pending = true;
            changed.signal();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Ends it; only the first end counts. */
    void end(Outcome ending) {
        lock.lock();
        try {
            if (outcome.isPresent()) {
                return;
            }
            outcome = Optional.of(ending);
            changed.signal();
        } finally {
            lock.unlock();
        }
        onEnd.run();
    }

    boolean hasEnded() {
        lock.lock();
        try {
            return outcome.isPresent();
        } finally {
            lock.unlock();
        }
    }

    /** Makes {@link #take} return now. */
    void wake() {
        lock.lock();
        try {
            woken = true;
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Waits for something to do until the time of {@link System#nanoTime}. */
    Next take(long deadlineNanos) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (true) {
                if (woken) {
                    woken = false;
                    return new Next.Woken();
                }
                long rest = deadlineNanos - System.nanoTime();
                if (rest <= 0 && outcome.isEmpty()) {
                    return new Next.TimedOut(); // even if there is always more text
                }
                if (pending) {
                    return gathered();
                }
                if (outcome.isPresent()) {
                    return new Next.Ended(outcome.get());
                }
                long ignored = changed.awaitNanos(Math.min(rest, TimeUnit.HOURS.toNanos(1)));
            }
        } finally {
            lock.unlock();
        }
    }

    private Next gathered() {
        Next next = new Next.Text(text.toString(), tokens);
        text.setLength(0);
        tokens = 0;
        pending = false;
        return next;
    }
}
