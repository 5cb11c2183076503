package dev.brigade.worker.slots;

import dev.brigade.worker.pool.Serving.Served;
import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All slots of one model. */
final class SlotGroup implements Served {

    private static final Logger LOG = LoggerFactory.getLogger(SlotGroup.class);

    /** Time for a stopped job to end, tell its failure and leave its share group. */
    private static final Duration END_LIMIT = Duration.ofSeconds(15);

    private final String model;
    private final List<Slot> slots;
    private final TokenSpeed speed;

    SlotGroup(String model, List<Slot> slots, TokenSpeed speed) {
        this.model = model;
        this.slots = List.copyOf(slots);
        this.speed = speed;
    }

    void start() {
        slots.forEach(Slot::start);
    }

    @Override
    public int slots() {
        return slots.size();
    }

    @Override
    public int running() {
        return (int) slots.stream().filter(Slot::isBusy).count();
    }

    @Override
    public long lastUsedNanos() {
        long now = System.nanoTime();
        return now - slots.stream().mapToLong(s -> now - s.lastUsedNanos()).min().orElse(0);
    }

    @Override
    public OptionalDouble tokensPerSecond() {
        return speed.perSecond();
    }

    @Override
    public void end(Duration grace) throws InterruptedException {
        slots.forEach(Slot::stopTaking);
        if (!join(grace)) {
            LOG.info("{} jobs of {} are given back", running(), model);
            slots.forEach(Slot::stopRunning);
            if (!join(END_LIMIT)) {
                LOG.error("slots of {} did not end within {} s", model, END_LIMIT.toSeconds());
            }
        }
    }

    private boolean join(Duration limit) throws InterruptedException {
        long until = System.nanoTime() + limit.toNanos();
        boolean all = true;
        for (Slot slot : slots) {
            // A slot that is never given time is still looked at.
            long left = Math.max(1_000_000, until - System.nanoTime());
            all &= slot.join(Duration.ofNanos(left));
        }
        return all;
    }
}
