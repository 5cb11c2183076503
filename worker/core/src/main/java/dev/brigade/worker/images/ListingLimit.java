package dev.brigade.worker.images;

import dev.brigade.contract.error.ErrorCode;
import java.time.Duration;

/** How long a listing may go on, and how much it may look at. */
final class ListingLimit {

    private static final int MOST_STEPS = 2_000_000;

    private final long end;
    private int steps;

    ListingLimit(Duration limit) {
        this.end = System.nanoTime() + limit.toNanos();
    }

    /** Counts one file, folder or line. */
    void check() throws ImageFault {
        if (++steps > MOST_STEPS) {
            throw new ImageFault(
                    ErrorCode.TOO_MANY_IMAGES,
                    "the glob leads to more than %d files and folders".formatted(MOST_STEPS));
        }
        if (end - System.nanoTime() < 0 || Thread.currentThread().isInterrupted()) {
            throw new ImageFault(
                    ErrorCode.DEADLINE_EXCEEDED,
                    "the images were not listed within the time limit");
        }
    }
}
