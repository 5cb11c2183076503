package dev.brigade.worker.slots;

import java.time.Duration;
import java.util.Optional;

/** Where a slot's jobs come from. Owned by one thread. Holds at most one delivery at a time. */
public interface JobSource extends AutoCloseable {

    /** The next delivery; waits at most {@code wait}. Only while none is held. */
    Optional<Delivery> poll(Duration wait);

    /** How long a delivery stays locked without being renewed. */
    Duration lock();

    /**
     * Locks the held delivery anew.
     *
     * @return false when the lock was lost before
     */
    boolean renew(Delivery delivery);

    /**
     * Settles the held delivery.
     *
     * @return false when the lock was lost before
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
