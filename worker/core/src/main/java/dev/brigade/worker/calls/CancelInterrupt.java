package dev.brigade.worker.calls;

import dev.brigade.worker.backend.Cancellation;
import org.jspecify.annotations.Nullable;

/**
 * Interrupts the thread that made it when a call is cancelled, as long as it is not closed. The
 * thread's interruption ends with it.
 */
final class CancelInterrupt implements AutoCloseable {

    private @Nullable Thread thread = Thread.currentThread();
    private boolean interrupted;

    CancelInterrupt(Cancellation cancellation) {
        cancellation.onCancel(this::interrupt);
    }

    private synchronized void interrupt() {
        if (thread != null) {
            interrupted = true;
            thread.interrupt();
        }
    }

    @Override
    public synchronized void close() {
        thread = null;
        if (interrupted) {
            var _ = Thread.interrupted();
        }
    }
}
