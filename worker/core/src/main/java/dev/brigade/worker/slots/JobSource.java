package dev.brigade.worker.slots;

import java.time.Duration;
import java.util.Collection;
import java.util.List;

/**
 * Where a taker's jobs come from. Owned by one thread. It holds the deliveries of one poll, and
 * gives no more until they are all settled.
 */
public interface JobSource extends AutoCloseable {

    /**
     * The next deliveries, at most as many as it was opened for; waits at most {@code wait} for the
     * first. Only while none is held.
     */
    List<Delivery> poll(Duration wait);

    /** How long a delivery stays locked without being renewed. */
    Duration lock();

    /**
     * Locks all held deliveries anew.
     *
     * @param held all that were polled and not settled since
     * @return false when the lock on one of them was lost before: then none counts as locked
     */
    boolean renew(Collection<Delivery> held);

    /**
     * Settles one of the held deliveries.
     *
     * @return false when its lock was lost before
     */
    boolean settle(Delivery delivery, Settlement settlement);

    @Override
    void close();

    /** Opens sources. */
    @FunctionalInterface
    interface Opener {
        JobSource open();
    }
}
