package dev.brigade.worker.slots;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One job source and the jobs it holds.
 *
 * <p>A thread of its own, the keeper, owns the source: it polls until there are jobs, hands each to
 * a thread of its own, and while they run renews their locks, says that they progress, and settles
 * each as it ends. It takes no more before all are settled, since the source would not give any;
 * where jobs go on for long, the group lets others take in its place ({@link SlotGroup}). A source
 * is opened anew after every failure and after every lost lock, since what it then believes to hold
 * is not worth knowing.
 */
final class Taker {

    private static final Logger LOG = LoggerFactory.getLogger(Taker.class);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration REOPEN_AFTER = Duration.ofSeconds(1);

    /** Renewals in a lock's time, so that one or two may fail. */
    private static final int RENEWALS_PER_LOCK = 3;

    private final String name;
    private final int size;
    private final Duration idleLimit;
    private final JobSource.Opener sources;
    private final JobIntake intake;
    private final AttemptRunner runner;
    private final AttemptReport report;
    private final Duration progressEvery;
    private final Thread keeper;
    private final ExecutorService runs;

    private final Map<Delivery, Attempt> held = new ConcurrentHashMap<>();
    private final BlockingQueue<Ended> ended;

    private volatile @Nullable SlotGroup group;
    private volatile boolean waiting = true;
    private volatile boolean stopping;
    private volatile long lastUsedNanos = System.nanoTime();

    /** A job that has ended, and is still to be settled. */
    private record Ended(Delivery delivery, Settlement settlement) {}

    /**
     * @param name also the name of its threads
     * @param size jobs that it takes at once
     * @param idleLimit how long it waits for jobs before it ends by itself
     */
    Taker(
            String name,
            int size,
            Duration idleLimit,
            JobSource.Opener sources,
            JobIntake intake,
            AttemptRunner runner,
            AttemptReport report,
            Duration progressEvery) {
        this.name = name;
        this.size = size;
        this.idleLimit = idleLimit;
        this.sources = sources;
        this.intake = intake;
        this.runner = runner;
        this.report = report;
        this.progressEvery = progressEvery;
        this.ended = new LinkedBlockingQueue<>(size);
        this.keeper = Thread.ofPlatform().name(name).unstarted(this::keep);
        this.runs =
                Executors.newFixedThreadPool(
                        size, Thread.ofPlatform().daemon().name(name + "-run-", 0).factory());
    }

    /** Begins to take jobs, within the places of a group. */
    void start(SlotGroup within) {
        group = within;
        keeper.start();
    }

    /** Takes no new job; returns at once. */
    void stopTaking() {
        stopping = true;
    }

    /** Stops the jobs it holds. */
    void stopRunning() {
        held.values().forEach(attempt -> attempt.stop(Attempt.Stop.WORKER_STOPPING));
    }

    /** Waits until it has ended; false when it has not. */
    boolean join(Duration limit) throws InterruptedException {
        return keeper.join(limit);
    }

    /** Whether it would take a job that came now. */
    boolean isWaiting() {
        return waiting;
    }

    /** Jobs that it takes at once. */
    int size() {
        return size;
    }

    /** Jobs that it holds. */
    int holds() {
        return held.size();
    }

    /** Jobs that it could hold beside those that it does, but takes no more before they end. */
    int barred() {
        int now = holds();
        return now == 0 ? 0 : size - now;
    }

    /** When it last held a job, by {@link System#nanoTime()}; its start where it held none. */
    long lastUsedNanos() {
        return holds() > 0 ? System.nanoTime() : lastUsedNanos;
    }

    private void keep() {
        SlotGroup within = group;
        try {
            while (within != null && goesOn()) {
                serve(within);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            waiting = false;
            runs.shutdown();
            if (within != null) {
                within.ended(this);
            }
        }
    }

    private boolean goesOn() {
        return !stopping && System.nanoTime() - lastUsedNanos < idleLimit.toNanos();
    }

    private void serve(SlotGroup within) throws InterruptedException {
        try (JobSource source = sources.open()) {
            boolean sound = true;
            while (sound && goesOn()) {
                waiting = within.places().tryAcquire(size, POLL.toMillis(), TimeUnit.MILLISECONDS);
                if (waiting) {
                    List<Delivery> taken = take(source, within);
                    sound = taken.isEmpty() || work(source, within, taken);
                }
            }
        } catch (KafkaException | IllegalStateException e) {
            LOG.warn("{} lost its consumer and opens another: {}", name, e.toString());
            TimeUnit.MILLISECONDS.sleep(REOPEN_AFTER.toMillis());
        }
    }

    /**
     * Polls without a break until there is something, since a source that is left alone may have
     * locked a job by then; keeps only as many places as it needs.
     */
    private List<Delivery> take(JobSource source, SlotGroup within) {
        List<Delivery> taken = List.of();
        try {
            while (taken.isEmpty() && goesOn()) {
                taken = source.poll(POLL);
            }
            return taken;
        } finally {
            within.places().release(size - taken.size());
        }
    }

    /** Works on deliveries to their end; false when the source is no longer sound. */
    private boolean work(JobSource source, SlotGroup within, List<Delivery> taken)
            throws InterruptedException {
        waiting = false;
        boolean sound = true;
        for (Delivery delivery : taken) {
            JobIntake.Intake what =
                    stopping
                            ? new JobIntake.Intake.Settle(Settlement.RELEASE)
                            : intake.take(delivery);
            switch (what) {
                case JobIntake.Intake.Run(Attempt attempt) -> {
                    held.put(delivery, attempt);
                    runs.execute(() -> run(delivery, attempt));
                }
                case JobIntake.Intake.Settle(Settlement settlement) -> {
                    sound &= settle(source, delivery, settlement);
                    within.places().release();
                }
            }
        }
        within.relieve();
        return hold(source, within) && sound;
    }

    private void run(Delivery delivery, Attempt attempt) {
        Settlement settlement = Settlement.RELEASE;
        try {
            settlement = runner.run(attempt);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) {
            LOG.error("{} could not run {}", name, attempt.job().getJobId(), e);
        } finally {
            ended.add(new Ended(delivery, settlement));
        }
    }

    /** Keeps the locks while jobs run, and settles each that ends. */
    private boolean hold(JobSource source, SlotGroup within) throws InterruptedException {
        long renewEvery = source.lock().toNanos() / RENEWALS_PER_LOCK;
        long renewAt = System.nanoTime() + renewEvery;
        long progressAt = System.nanoTime() + progressEvery.toNanos();
        boolean locked = true;
        boolean sound = true;
        while (!held.isEmpty()) {
            long wait = Math.min(renewAt, progressAt) - System.nanoTime();
            Ended one = ended.poll(wait, TimeUnit.NANOSECONDS);
            if (one != null) {
                sound &= settle(source, one.delivery, one.settlement);
                finish(one.delivery, within);
            }
            long now = System.nanoTime();
            if (now - progressAt >= 0) {
                for (Attempt attempt : held.values()) {
                    var _ = report.progressed(attempt);
                }
                progressAt = now + progressEvery.toNanos();
            }
            if (now - renewAt >= 0 && !held.isEmpty()) {
                locked = locked && renew(source);
                renewAt = System.nanoTime() + renewEvery;
            }
        }
        return sound && locked;
    }

    private void finish(Delivery delivery, SlotGroup within) {
        lastUsedNanos = System.nanoTime();
        held.remove(delivery);
        within.places().release();
        if (!held.isEmpty()) {
            within.relieve();
        }
    }

    /** Renews all; false when the locks are lost. */
    private boolean renew(JobSource source) {
        try {
            if (source.renew(held.keySet())) {
                return true;
            }
            LOG.warn("{} lost the lock on {} jobs", name, held.size());
            held.values().forEach(attempt -> attempt.stop(Attempt.Stop.LOCK_LOST));
            return false;
        } catch (KafkaException | IllegalStateException e) {
            // The broker may be away for a moment; the next renewal may still be in time.
            LOG.warn("{} could not renew {} jobs: {}", name, held.size(), e.toString());
            return true;
        }
    }

    private boolean settle(JobSource source, Delivery delivery, Settlement settlement) {
        try {
            return source.settle(delivery, settlement);
        } catch (KafkaException | IllegalStateException e) {
            LOG.warn("{} could not settle {}: {}", name, delivery.place(), e.toString());
            return false;
        }
    }
}
