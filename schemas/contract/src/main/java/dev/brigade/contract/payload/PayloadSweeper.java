package dev.brigade.contract.payload;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Collects a store's old payloads every hour, on a daemon thread of its own. Several programs may
 * sweep the same store.
 */
public final class PayloadSweeper implements AutoCloseable {

    /** A day more than requests and replies are kept, which may name payloads. */
    public static final Duration KEPT = Duration.ofDays(8);

    private static final Logger LOG = LoggerFactory.getLogger(PayloadSweeper.class);
    private static final Duration EVERY = Duration.ofHours(1);

    private final PayloadStore store;
    private final Duration every;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;

    private PayloadSweeper(PayloadStore store, Duration every) {
        this.store = store;
        this.every = every;
        this.thread =
                Thread.ofPlatform().daemon().name("brigade-payload-sweeper").unstarted(this::run);
    }

    /** Sweeps until it is closed; first in an hour. Does not close the store. */
    public static PayloadSweeper start(PayloadStore store) {
        return start(store, EVERY);
    }

    static PayloadSweeper start(PayloadStore store, Duration every) {
        PayloadSweeper sweeper = new PayloadSweeper(store, every);
        sweeper.thread.start();
        return sweeper;
    }

    private void run() {
        try {
            while (!closed.await(every.toMillis(), TimeUnit.MILLISECONDS)) {
                sweep();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void sweep() {
        try {
            int collected = store.collect(KEPT);
            if (collected > 0) {
                LOG.info("{} payloads were not put for {} days: removed", collected, KEPT.toDays());
            }
        } catch (RuntimeException e) {
            LOG.warn("old payloads could not be removed; again in {}", every, e);
        }
    }

    /** Stops; waits at most two seconds for a sweep at work. */
    @Override
    public void close() {
        closed.countDown();
        try {
            if (!thread.join(Duration.ofSeconds(2))) {
                thread.interrupt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
