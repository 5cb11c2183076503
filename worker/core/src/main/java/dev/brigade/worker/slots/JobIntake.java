package dev.brigade.worker.slots;

import dev.brigade.contract.error.ErrorCode;
import dev.brigade.contract.serde.AvroWire;
import dev.brigade.contract.serde.UndecodableException;
import dev.brigade.schema.Epoch;
import dev.brigade.schema.Job;
import dev.brigade.worker.outbox.Outbox;
import java.time.Clock;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns a delivery into an attempt. What cannot be decoded is no job, and becomes a dead letter.
 */
final class JobIntake {

    private static final Logger LOG = LoggerFactory.getLogger(JobIntake.class);

    private static final long MAX_BUDGET_MS = TimeUnit.DAYS.toMillis(1);

    private final String workerId;
    private final AvroWire wire;
    private final Outbox outbox;
    private final Clock clock;
    private final LongSupplier nanoTime;
    private final Supplier<String> attemptIds;

    JobIntake(
            String workerId,
            AvroWire wire,
            Outbox outbox,
            Clock clock,
            LongSupplier nanoTime,
            Supplier<String> attemptIds) {
        this.workerId = workerId;
        this.wire = wire;
        this.outbox = outbox;
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.attemptIds = attemptIds;
    }

    /** What a delivery is. */
    sealed interface Intake {

        /** An attempt to run. */
        record Run(Attempt attempt) implements Intake {}

        /** Nothing to run; it is only to be settled. */
        record Settle(Settlement settlement) implements Intake {}
    }

    Intake take(Delivery delivery) {
        try {
            Job job = wire.decode(delivery.record().value(), Job.class);
            return new Intake.Run(attempt(job, delivery));
        } catch (UndecodableException e) {
            LOG.warn(
                    "{} is no job and becomes a dead letter: {} ({})",
                    delivery.place(),
                    e.getMessage(),
                    e.code().wireName());
            return new Intake.Settle(deadLetter(delivery, e.code()));
        }
    }

    private Attempt attempt(Job job, Delivery delivery) {
        Epoch epoch = new Epoch(job.getDispatch(), delivery.count(), attemptIds.get());
        // A worker's clock that is behind the broker's must not lengthen the budget.
        long usedMs = Math.max(0, clock.millis() - delivery.appendedAtMs());
        long now = nanoTime.getAsLong();
        long leftMs = Math.min(job.getBudgetMs(), MAX_BUDGET_MS) - usedMs;
        long left = TimeUnit.MILLISECONDS.toNanos(leftMs);
        return new Attempt(job, epoch, workerId, now, now + left);
    }

    private Settlement deadLetter(Delivery delivery, ErrorCode reason) {
        try {
            outbox.deadLetter(delivery.record(), reason).get(30, TimeUnit.SECONDS);
            return Settlement.ACCEPT;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Settlement.RELEASE;
        } catch (Exception e) {
            LOG.warn("{} could not become a dead letter: {}", delivery.place(), e.toString());
            return Settlement.RELEASE;
        }
    }
}
