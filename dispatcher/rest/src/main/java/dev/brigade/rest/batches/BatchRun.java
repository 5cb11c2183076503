package dev.brigade.rest.batches;

import dev.brigade.contract.payload.PayloadException;
import dev.brigade.rest.calls.Endpoint;
import dev.brigade.rest.error.ApiException;
import dev.brigade.rest.ledger.Entry;
import dev.brigade.rest.ledger.Turn;
import dev.brigade.rest.ledger.TurnLostException;
import dev.brigade.schema.BatchJob;
import dev.brigade.schema.BatchJobError;
import dev.brigade.schema.BatchJobStatus;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Works on one batch, from where the ledger says it is, to its end. On one thread, which alone
 * writes how far the batch is; lines have threads of their own.
 *
 * <p>A part counts once the ledger names it. So whoever goes on, after whatever happened, sends the
 * lines that no part holds, and each line stands in the output once.
 */
final class BatchRun implements Runnable {

    private static final Logger log = LoggerFactory.getLogger(BatchRun.class);
    private static final Duration TRY_AGAIN = Duration.ofSeconds(5);

    private final BatchKit kit;
    private final Turn turn;
    private BatchJob job;
    private volatile boolean over;
    private volatile boolean broken;
    private volatile long tryAgainAt = Long.MAX_VALUE;

    BatchRun(BatchKit kit, Turn turn, BatchJob job) {
        this.kit = kit;
        this.turn = turn;
        this.job = job;
    }

    /** Whether its thread has ended. */
    boolean isOver() {
        return over;
    }

    /** Whether it failed and may be tried again by now. */
    boolean mayBeTriedAgain() {
        return over && System.nanoTime() >= tryAgainAt;
    }

    @Override
    public void run() {
        try {
            work();
        } catch (TurnLostException lost) {
            log.info("batch {} is left to another instance", job.getId());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (PayloadException e) {
            failed(e);
        } catch (RuntimeException e) {
            again(e);
        } finally {
            over = true;
        }
    }

    private void work() throws InterruptedException {
        if (job.getStatus() == BatchJobStatus.VALIDATING) {
            validate();
        }
        if (job.getStatus() == BatchJobStatus.IN_PROGRESS) {
            new LineWork(this, kit, endpoint()).work();
        }
        if (job.getStatus() == BatchJobStatus.FINALIZING) {
            new BatchEnd(this, kit).end(BatchJobStatus.COMPLETED);
        }
    }

    private Endpoint endpoint() {
        return kit.endpoint(job.getEndpoint()).orElseThrow();
    }

    private void validate() {
        InputCheck.Found found;
        try (InputLines lines = kit.open(job.getInput())) {
            found =
                    InputCheck.read(
                            lines,
                            job.getEndpoint(),
                            () -> stop().filter(Stop.ABANDONED::equals).isEmpty());
        }
        requireTurn();
        if (found.errors().isEmpty()) {
            write(
                    change().setStatus(BatchJobStatus.IN_PROGRESS)
                            .setTotal(found.total())
                            .setModel(found.model().orElse(null))
                            .setInProgressAt(now()));
        } else {
            fail(found.errors());
        }
    }

    private void fail(List<BatchJobError> errors) {
        write(
                change().setStatus(BatchJobStatus.FAILED)
                        .setErrors(errors)
                        .setFailedAt(now())
                        .setParts(List.of()));
    }

    private void failed(PayloadException e) {
        if (e.code().retriable()) {
            again(e);
            return;
        }
        try {
            fail(
                    List.of(
                            new BatchJobError(
                                    e.code().wireName(),
                                    "The bytes of the batch cannot be read: " + e.getMessage(),
                                    null,
                                    null)));
        } catch (TurnLostException | ApiException lost) {
            log.info("batch {} is left to another instance", job.getId());
        }
    }

    private void again(RuntimeException e) {
        log.warn("batch {} stands still; again in {}", job.getId(), TRY_AGAIN, e);
        tryAgainAt = System.nanoTime() + TRY_AGAIN.toNanos();
    }

    /** Why no more is to be done; empty while all is well. */
    Optional<Stop> stop() {
        if (broken || !turn.held()) {
            return Optional.of(Stop.ABANDONED);
        }
        if (kit.ledger.records().cancel(job.getId()).isPresent()) {
            return Optional.of(Stop.CANCELLED);
        }
        return kit.clock.millis() >= job.getExpiresAt()
                ? Optional.of(Stop.EXPIRED)
                : Optional.empty();
    }

    /** Lets every line go that is still under way. */
    void letGo() {
        broken = true;
    }

    void requireTurn() {
        if (!turn.held() || broken) {
            throw new TurnLostException();
        }
    }

    Turn turn() {
        return turn;
    }

    BatchJob job() {
        return job;
    }

    BatchJob.Builder change() {
        return BatchJob.newBuilder(job);
    }

    void write(BatchJob.Builder changed) {
        BatchJob next = changed.build();
        turn.write(Entry.of(next));
        become(next);
    }

    /** Takes over what was written. */
    void become(BatchJob written) {
        if (written.getStatus() != job.getStatus()) {
            log.info(
                    "batch {} is {}: {} of {} lines answered, {} failed",
                    written.getId(),
                    written.getStatus(),
                    written.getCompleted(),
                    written.getTotal(),
                    written.getFailed());
        }
        job = written;
    }

    long now() {
        return kit.clock.millis();
    }
}
