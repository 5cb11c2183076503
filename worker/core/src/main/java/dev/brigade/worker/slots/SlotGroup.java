package dev.brigade.worker.slots;

import dev.brigade.worker.pool.Serving.Served;
import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.function.IntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All slots of one model, and who takes jobs for them.
 *
 * <p>A slot is a place for one job; a taker takes jobs for one or several. The places are counted
 * here, so that there are never more jobs than slots. A taker of several that holds only some takes
 * no more before they end; for the places that it bars there are spare takers of one job each, made
 * when they are needed, so that a free slot always has somebody who takes the next job. Where every
 * taker is of one, nothing is ever barred and there are no spares.
 */
final class SlotGroup implements Served {

    private static final Logger LOG = LoggerFactory.getLogger(SlotGroup.class);

    /** Time for a stopped job to end, tell its failure and leave its share group. */
    private static final Duration END_LIMIT = Duration.ofSeconds(15);

    private final String model;
    private final int slots;
    private final Semaphore places;
    private final List<Taker> takers;
    private final IntFunction<Taker> spares;
    private final TokenSpeed speed;
    private final int regulars;
    private final Runnable whenEnded;
    private int sparesMade;
    private boolean ending;

    /**
     * @param takers that take jobs as long as the group serves
     * @param spares makes a taker of one job, of a number that none had before
     * @param whenEnded run once when it has ended
     */
    SlotGroup(
            String model,
            int slots,
            List<Taker> takers,
            IntFunction<Taker> spares,
            TokenSpeed speed,
            Runnable whenEnded) {
        this.model = model;
        this.slots = slots;
        this.places = new Semaphore(slots);
        this.takers = new CopyOnWriteArrayList<>(takers);
        this.regulars = takers.size();
        this.spares = spares;
        this.speed = speed;
        this.whenEnded = whenEnded;
    }

    void start() {
        takers.forEach(taker -> taker.start(this));
    }

    /** Places for jobs that nobody has. */
    Semaphore places() {
        return places;
    }

    /** Makes a spare taker where a place is free and nobody waits for a job. */
    synchronized void relieve() {
        int barred = takers.stream().mapToInt(Taker::barred).sum();
        boolean needed =
                takers.size() - regulars < barred
                        && places.availablePermits() > 0
                        && takers.stream().noneMatch(Taker::isWaiting);
        if (needed && !ending) {
            Taker spare = spares.apply(regulars + sparesMade);
            sparesMade++;
            takers.add(spare);
            spare.start(this);
        }
    }

    /** A taker is gone. */
    void ended(Taker taker) {
        synchronized (this) {
            if (!ending) {
                takers.remove(taker);
            }
        }
    }

    @Override
    public int slots() {
        return slots;
    }

    @Override
    public int running() {
        return takers.stream().mapToInt(Taker::holds).sum();
    }

    @Override
    public long lastUsedNanos() {
        long now = System.nanoTime();
        return now - takers.stream().mapToLong(t -> now - t.lastUsedNanos()).min().orElse(0);
    }

    @Override
    public OptionalDouble tokensPerSecond() {
        return speed.perSecond();
    }

    @Override
    public void end(Duration grace) throws InterruptedException {
        boolean first;
        synchronized (this) {
            first = !ending;
            ending = true;
        }
        takers.forEach(Taker::stopTaking);
        if (!join(grace)) {
            LOG.info("{} jobs of {} are given back", running(), model);
            takers.forEach(Taker::stopRunning);
            if (!join(END_LIMIT)) {
                LOG.error("slots of {} did not end within {} s", model, END_LIMIT.toSeconds());
            }
        }
        if (first) {
            whenEnded.run();
        }
    }

    private boolean join(Duration limit) throws InterruptedException {
        long until = System.nanoTime() + limit.toNanos();
        boolean all = true;
        for (Taker taker : takers) {
            // A taker that is never given time is still looked at.
            long left = Math.max(1_000_000, until - System.nanoTime());
            all &= taker.join(Duration.ofNanos(left));
        }
        return all;
    }
}
