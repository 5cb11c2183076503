package dev.brigade.worker.backend;

import java.util.ArrayList;
import java.util.List;

/**
 * Tells a running model call to end. Set at most once; later listeners run at once. Thread-safe.
 */
public final class Cancellation {

    private final List<Runnable> listeners = new ArrayList<>();
    private boolean cancelled;

    /** Whether it is set. */
    public synchronized boolean isCancelled() {
        return cancelled;
    }

    /** Sets it and runs the listeners on this thread. */
    public void cancel() {
        List<Runnable> due;
        synchronized (this) {
            if (cancelled) {
                return;
            }
            cancelled = true;
            due = List.copyOf(listeners);
            listeners.clear();
        }
        due.forEach(Runnable::run);
    }

    /** Runs {@code listener} once when it is set, or now if it already is. */
    public void onCancel(Runnable listener) {
        synchronized (this) {
            if (!cancelled) {
                listeners.add(listener);
                return;
            }
        }
        listener.run();
    }
}
