package dev.brigade.worker.chunks;

import java.time.Duration;

/** Runs something once after a delay, on a thread that many share; it must not block for long. */
@FunctionalInterface
public interface Later {

    void after(Duration delay, Runnable action);
}
