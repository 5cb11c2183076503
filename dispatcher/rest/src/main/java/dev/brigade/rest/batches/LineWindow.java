package dev.brigade.rest.batches;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Bounds the lines under way, by number and by size. */
final class LineWindow {

    private static final int STEP = 1024;

    private final Semaphore lines;
    private final Semaphore steps;

    /**
     * @param most lines
     * @param maxBytes of all of them together; a line has no more
     */
    LineWindow(int most, long maxBytes) {
        this.lines = new Semaphore(most, true);
        this.steps = new Semaphore((int) (maxBytes / STEP) + 1, true);
    }

    /** A place, which must be closed; empty when there is none for so long. */
    Optional<Place> enter(int bytes, Duration patience) throws InterruptedException {
        if (!lines.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
            return Optional.empty();
        }
        int wanted = Math.ceilDiv(bytes, STEP);
        if (!steps.tryAcquire(wanted, patience.toMillis(), TimeUnit.MILLISECONDS)) {
            lines.release();
            return Optional.empty();
        }
        return Optional.of(() -> {
            steps.release(wanted);
            lines.release();
        });
    }

    /** A line's place. */
    @FunctionalInterface
    interface Place extends AutoCloseable {

        @Override
        void close();
    }
}
