package dev.brigade.worker.slots;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A place for one job.
 *
 * <p>Two threads, since a consumer must be polled by its owner while a generation occupies a thread
 * of its own: the keeper owns the job source, polls it until there is a job, and while the job runs
 * renews its lock and says that it progresses; the runner runs the job. A source is opened anew
 * after every failure and after every lost lock, since what it then believes to hold is not worth
 * knowing.
 */
final class Slot {

    private static final Logger LOG = LoggerFactory.getLogger(Slot.class);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration REOPEN_AFTER = Duration.ofSeconds(1);

    /** Renewals in a lock's time, so that one or two may fail. */
    private static final int RENEWALS_PER_LOCK = 3;

    private final String name;
    private final JobSource.Opener sources;
    private final JobIntake intake;
    private final AttemptRunner runner;
    private final AttemptReport report;
    private final Duration progressEvery;
    private final Thread keeper;
    private final ExecutorService runs;

    private volatile boolean stopping;
    private volatile @Nullable Attempt current;
    private volatile long lastUsedNanos = System.nanoTime();

    /**
     * @param name also the name of its threads
     */
    Slot(
            String name,
            JobSource.Opener sources,
            JobIntake intake,
            AttemptRunner runner,
            AttemptReport report,
            Duration progressEvery) {
        this.name = name;
        this.sources = sources;
        this.intake = intake;
        this.runner = runner;
        this.report = report;
        this.progressEvery = progressEvery;
        this.keeper = Thread.ofPlatform().name(name).unstarted(this::keep);
        this.runs =
                Executors.newSingleThreadExecutor(
                        Thread.ofPlatform().daemon().name(name + "-run").factory());
    }

    void start() {
        keeper.start();
    }

    /** Takes no new job; returns at once. */
    void stopTaking() {
        stopping = true;
    }

    /** Stops the job it holds, if any. */
    void stopRunning() {
        Attempt attempt = current;
        if (attempt != null) {
            attempt.stop(Attempt.Stop.WORKER_STOPPING);
        }
    }

    /** Waits until it has ended; false when it has not. */
    boolean join(Duration limit) throws InterruptedException {
        return keeper.join(limit);
    }

    boolean isBusy() {
        return current != null;
    }

    /** When it last held a job, by {@link System#nanoTime()}; its start where it held none. */
    long lastUsedNanos() {
        return isBusy() ? System.nanoTime() : lastUsedNanos;
    }

    private void keep() {
        try {
            while (!stopping) {
                serve();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            runs.shutdown();
        }
    }

    private void serve() throws InterruptedException {
        try (JobSource source = sources.open()) {
            boolean sound = true;
            while (sound && !stopping) {
                Optional<Delivery> next = source.poll(POLL);
                sound = next.isEmpty() || work(source, next.get());
            }
        } catch (KafkaException | IllegalStateException e) {
            LOG.warn("{} lost its consumer and opens another: {}", name, e.toString());
            TimeUnit.MILLISECONDS.sleep(REOPEN_AFTER.toMillis());
        }
    }

    /** Works on a delivery to its end; false when the source is no longer sound. */
    private boolean work(JobSource source, Delivery delivery) throws InterruptedException {
        if (stopping) {
            return source.settle(delivery, Settlement.RELEASE);
        }
        return switch (intake.take(delivery)) {
            case JobIntake.Intake.Settle(Settlement settlement) ->
                    source.settle(delivery, settlement);
            case JobIntake.Intake.Run(Attempt attempt) -> {
                current = attempt;
                try {
                    yield source.settle(delivery, hold(source, delivery, attempt));
                } finally {
                    lastUsedNanos = System.nanoTime();
                    current = null;
                }
            }
        };
    }

    /** Keeps the lock while the runner works. */
    private Settlement hold(JobSource source, Delivery delivery, Attempt attempt)
            throws InterruptedException {
        Future<Settlement> run = runs.submit(() -> runner.run(attempt));
        long renewEvery = source.lock().toNanos() / RENEWALS_PER_LOCK;
        long renewAt = System.nanoTime() + renewEvery;
        long progressAt = System.nanoTime() + progressEvery.toNanos();
        while (true) {
            long now = System.nanoTime();
            try {
                return run.get(Math.min(renewAt - now, progressAt - now), TimeUnit.NANOSECONDS);
            } catch (TimeoutException stillRunning) {
                now = System.nanoTime();
            } catch (ExecutionException e) {
                LOG.error("{} could not run {}", name, attempt.job().getJobId(), e.getCause());
                return Settlement.RELEASE;
            }
            if (now - progressAt >= 0) {
                var _ = report.progressed(attempt);
                progressAt = now + progressEvery.toNanos();
            }
            if (now - renewAt >= 0) {
                renew(source, delivery, attempt);
                renewAt = System.nanoTime() + renewEvery;
            }
        }
    }

    private void renew(JobSource source, Delivery delivery, Attempt attempt) {
        try {
            if (attempt.stopped().isEmpty() && !source.renew(delivery)) {
                LOG.warn("{} lost the lock on {}", name, attempt.job().getJobId());
                attempt.stop(Attempt.Stop.LOCK_LOST);
            }
        } catch (KafkaException | IllegalStateException e) {
            // The broker may be away for a moment; the next renewal may still be in time.
            LOG.warn("{} could not renew {}: {}", name, attempt.job().getJobId(), e.toString());
        }
    }
}
