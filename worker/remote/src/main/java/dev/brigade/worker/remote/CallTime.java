package dev.brigade.worker.remote;

import dev.brigade.worker.backend.Cancellation;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * How long a call may take.
 *
 * @param deadlineNanos when it must be over, by {@link System#nanoTime()}
 * @param silence longest wait for the server's next byte
 */
record CallTime(long deadlineNanos, Duration silence, Cancellation cancellation) {

    static CallTime of(Duration limit, Duration silence, Cancellation cancellation) {
        // A limit may be so long that its nanoseconds overflow.
        long most = Math.min(limit.toMillis(), TimeUnit.DAYS.toMillis(30));
        return new CallTime(
                System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(most), silence, cancellation);
    }

    /** The same with less patience. */
    CallTime withSilence(Duration other) {
        return new CallTime(deadlineNanos, other, cancellation);
    }

    /** Longest wait for the next byte, in nanoseconds. */
    long patienceNanos() throws CallFailure {
        return Math.min(leftNanos(), silence.toNanos());
    }

    /** What it means that a wait of {@link #patienceNanos()} was in vain. */
    CallFailure outOfPatience() {
        return deadlineNanos - System.nanoTime() <= 0
                ? CallFailure.late()
                : CallFailure.broken("said nothing for " + silence.toMillis() + " ms");
    }

    /** Waits, unless that is longer than the call may take. */
    boolean pause(Duration pause) throws CallCancelled, CallFailure, InterruptedException {
        if (leftNanos() <= pause.toNanos()) {
            return false;
        }
        CountDownLatch cancelled = new CountDownLatch(1);
        cancellation.onCancel(cancelled::countDown);
        if (cancelled.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new CallCancelled();
        }
        return true;
    }

    private long leftNanos() throws CallFailure {
        long left = deadlineNanos - System.nanoTime();
        if (left <= 0) {
            throw CallFailure.late();
        }
        return left;
    }
}
