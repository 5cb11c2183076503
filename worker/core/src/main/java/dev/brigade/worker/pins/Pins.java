package dev.brigade.worker.pins;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which models must not make room for others, since a request that they have worked for will need
 * them again.
 *
 * <p>A pin stands for a stage of a request. There is one for each, however many attempts the stage
 * had, and it ends with the request (by {@link #release(String)}), when the stage is undone, when
 * its model is unloaded, or at its own time, whichever comes first. Pins are held in memory alone:
 * a worker that crashes has no model left to keep. Bounded: past the limit the oldest pin yields.
 * Thread-safe; calls nobody.
 */
public final class Pins {

    private static final Logger LOG = LoggerFactory.getLogger(Pins.class);

    private final int most;
    private final LongSupplier nanoTime;

    /** Oldest first. */
    private final Map<Holder, Pin> pins = new LinkedHashMap<>();

    private long yielded;

    /**
     * @param most pins at once, 1 or more
     * @param nanoTime clock with any origin, in ns
     */
    public Pins(int most, LongSupplier nanoTime) {
        this.most = most;
        this.nanoTime = nanoTime;
    }

    /**
     * Holds a model for a stage, in place of what the stage held before.
     *
     * @param untilNanos when the pin ends by itself, by the clock of the pins
     */
    public synchronized void pin(String requestId, String stage, String model, long untilNanos) {
        expire();
        Holder holder = new Holder(requestId, stage);
        pins.remove(holder);
        if (pins.size() >= most) {
            yieldOldest();
        }
        pins.put(holder, new Pin(model, untilNanos));
    }

    /** Ends all pins of a request; one that has none is passed over. */
    public synchronized void release(String requestId) {
        pins.keySet().removeIf(holder -> holder.requestId().equals(requestId));
    }

    /** Ends the pin of one stage, if it has one. */
    public synchronized void release(String requestId, String stage) {
        pins.remove(new Holder(requestId, stage));
    }

    /** Ends all pins of a model that is unloaded. */
    public synchronized void unloaded(String model) {
        pins.values().removeIf(pin -> pin.model().equals(model));
    }

    /** Whether a model is held. */
    public synchronized boolean holds(String model) {
        expire();
        return pins.values().stream().anyMatch(pin -> pin.model().equals(model));
    }

    /** How many pins there are. */
    public synchronized int count() {
        expire();
        return pins.size();
    }

    /** How many pins had to yield to newer ones. */
    public synchronized long yielded() {
        return yielded;
    }

    private void expire() {
        long now = nanoTime.getAsLong();
        pins.values().removeIf(pin -> pin.untilNanos() - now <= 0);
    }

    private void yieldOldest() {
        Iterator<Holder> oldest = pins.keySet().iterator();
        Holder holder = oldest.next();
        oldest.remove();
        yielded++;
        // Where every pin yields soon, a line for each would fill the log.
        if (Long.bitCount(yielded) == 1) {
            LOG.warn(
                    "there are more than {} pins; the oldest yields, of stage {} of {} ({} so far)",
                    most,
                    holder.stage(),
                    holder.requestId(),
                    yielded);
        }
    }

    private record Holder(String requestId, String stage) {}

    private record Pin(String model, long untilNanos) {}
}
