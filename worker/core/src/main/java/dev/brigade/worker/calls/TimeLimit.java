package dev.brigade.worker.calls;

import dev.brigade.contract.error.ErrorCode;
import dev.brigade.worker.backend.Result;
import java.time.Duration;

/** A time by which something must have ended. */
record TimeLimit(long endNanos) {

    static TimeLimit in(Duration limit) {
        return new TimeLimit(System.nanoTime() + limit.toNanos());
    }

    Duration left() {
        return Duration.ofNanos(Math.max(0, endNanos - System.nanoTime()));
    }

    /** What is left, at most {@code most}. */
    Duration left(Duration most) {
        Duration left = left();
        return left.compareTo(most) < 0 ? left : most;
    }

    boolean isOver() {
        return endNanos - System.nanoTime() <= 0;
    }

    static <T> Result<T> exceeded() {
        return Result.failed(ErrorCode.DEADLINE_EXCEEDED, "the time for the model call ran out");
    }
}
