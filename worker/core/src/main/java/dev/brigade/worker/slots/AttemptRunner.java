package dev.brigade.worker.slots;

import dev.brigade.contract.error.ErrorCode;
import dev.brigade.schema.Job;
import dev.brigade.schema.Timings;
import dev.brigade.worker.backend.LoadedModel;
import dev.brigade.worker.backend.LoadedModel.Health;
import dev.brigade.worker.backend.Outcome;
import dev.brigade.worker.backend.Result;
import dev.brigade.worker.pins.Pins;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs attempts at one model's jobs, each on the calling thread from its first event to its last.
 *
 * <p>What a reader may rely on is the order: started; chunks; all chunks stored; finished or
 * failed; job done; and only when these are stored may the delivery be accepted. Where one of them
 * cannot be stored the delivery is released, and another attempt with a higher delivery count
 * follows.
 */
final class AttemptRunner {

    private static final Logger LOG = LoggerFactory.getLogger(AttemptRunner.class);
    private static final Duration STORE_LIMIT = Duration.ofSeconds(30);
    private static final long RESTART_LIMIT_NANOS = TimeUnit.SECONDS.toNanos(15);
    private static final long RESTART_LOOK_MS = 20;

    private final LoadedModel model;
    private final Works works;
    private final OpenAttempts attempts;
    private final Pins pins;
    private final AttemptReport report;
    private final LongSupplier nanoTime;

    AttemptRunner(
            LoadedModel model,
            Works works,
            OpenAttempts attempts,
            Pins pins,
            AttemptReport report,
            LongSupplier nanoTime) {
        this.model = model;
        this.works = works;
        this.attempts = attempts;
        this.pins = pins;
        this.report = report;
        this.nanoTime = nanoTime;
    }

    Settlement run(Attempt attempt) throws InterruptedException {
        attempts.open(attempt);
        try {
            Optional<Refusal> late = notStarted(attempt);
            if (late.isPresent()) {
                return failed(attempt, late.get(), false, null);
            }
            return switch (works.of(attempt.job())) {
                case Result.Done<Work>(Work work) -> start(attempt, work);
                case Result.Failed<Work>(ErrorCode code, String message, _) ->
                        failed(attempt, new Refusal(code, message), false, null);
                case Result.Cancelled<Work>() -> throw new IllegalStateException("not begun");
            };
        } finally {
            attempts.close(attempt);
        }
    }

    /** Why an attempt ends before the engine hears of it. */
    private Optional<Refusal> notStarted(Attempt attempt) {
        if (attempt.deadlineNanos() - nanoTime.getAsLong() <= 0) {
            return Optional.of(
                    new Refusal(
                            ErrorCode.DEADLINE_EXCEEDED,
                            "the request's time was over before a model could begin"));
        }
        return attempt.stopped().map(AttemptRunner::refusal);
    }

    private Settlement start(Attempt attempt, Work work) throws InterruptedException {
        CompletableFuture<Void> started = report.started(attempt);
        var _ = started.whenComplete((_, failure) -> warn(attempt, failure));
        if (!awaitReady(attempt)) {
            Refusal down = new Refusal(ErrorCode.ENGINE_ERROR, "the model's engine is down");
            return failed(
                    attempt,
                    attempt.stopped().map(AttemptRunner::refusal).orElse(down),
                    false,
                    null);
        }
        long beganAt = nanoTime.getAsLong();
        return switch (work(attempt, work, beganAt)) {
            case Ending.Answer answer -> finished(attempt, answer, beganAt);
            case Ending.Failed(Refusal refusal, boolean crashed) ->
                    failed(attempt, refusal, crashed, null);
            case Ending.Stopped(Outcome.Usage usage) -> {
                Optional<Attempt.Stop> stop = attempt.stopped();
                yield stop.isEmpty()
                        ? Settlement.RELEASE
                        : failed(attempt, refusal(stop.get()), false, usage);
            }
            case Ending.Unstored() -> Settlement.RELEASE;
        };
    }

    private Ending work(Attempt attempt, Work work, long beganAt) throws InterruptedException {
        try {
            return work.run(attempt, beganAt);
        } catch (RuntimeException bug) {
            LOG.error("the backend failed at {}", attempt.job().getJobId(), bug);
            return new Ending.Failed(
                    new Refusal(ErrorCode.INTERNAL_ERROR, "the backend failed unexpectedly"),
                    false);
        }
    }

    private Settlement finished(Attempt attempt, Ending.Answer answer, long beganAt)
            throws InterruptedException {
        if (attempt.isLockLost()) {
            return Settlement.FORGET;
        }
        pin(attempt);
        Timings timings = timings(attempt, answer.usage(), beganAt);
        return close(attempt, report.finished(attempt, answer, timings));
    }

    /** Before the result is told, so that the release which may follow it comes after. */
    private void pin(Attempt attempt) {
        Job job = attempt.job();
        if (job.getPin()) {
            pins.pin(job.getRequestId(), job.getStage(), job.getModel(), attempt.deadlineNanos());
        }
    }

    private Settlement failed(
            Attempt attempt, Refusal refusal, boolean crashed, Outcome.@Nullable Usage usage)
            throws InterruptedException {
        if (attempt.isLockLost()) {
            return Settlement.FORGET;
        }
        LOG.info(
                "attempt {} of {} failed: {}",
                attempt.epoch().getAttemptId(),
                attempt.job().getJobId(),
                refusal.code().wireName());
        return close(attempt, report.failed(attempt, refusal, crashed, usage));
    }

    /** Says that the job is done, and waits until that and the outcome are stored. */
    private Settlement close(Attempt attempt, CompletableFuture<Void> outcome)
            throws InterruptedException {
        CompletableFuture<Void> both = CompletableFuture.allOf(outcome, report.done(attempt.job()));
        try {
            both.get(STORE_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
            return Settlement.ACCEPT;
        } catch (ExecutionException | TimeoutException e) {
            warn(attempt, e.getCause() == null ? e : e.getCause());
            return Settlement.RELEASE;
        }
    }

    /** Waits, for a bounded time, while the model's engine is being started again. */
    private boolean awaitReady(Attempt attempt) throws InterruptedException {
        CountDownLatch stopped = new CountDownLatch(1);
        attempt.cancellation().onCancel(stopped::countDown);
        long until = Math.min(nanoTime.getAsLong() + RESTART_LIMIT_NANOS, attempt.deadlineNanos());
        while (model.health() == Health.RESTARTING && until - nanoTime.getAsLong() > 0) {
            if (stopped.await(RESTART_LOOK_MS, TimeUnit.MILLISECONDS)) {
                return false;
            }
        }
        return model.health() == Health.READY;
    }

    private Timings timings(Attempt attempt, Outcome.Usage usage, long beganAt) {
        return new Timings(
                ms(beganAt - attempt.takenAtNanos()),
                Math.max(0, usage.firstTokenMs()),
                ms(nanoTime.getAsLong() - attempt.takenAtNanos()));
    }

    private static long ms(long nanos) {
        return TimeUnit.NANOSECONDS.toMillis(nanos);
    }

    private static Refusal refusal(Attempt.Stop stop) {
        return switch (stop) {
            case CANCELLED -> new Refusal(ErrorCode.CANCELLED, "the request was cancelled");
            case WORKER_STOPPING, LOCK_LOST ->
                    new Refusal(ErrorCode.WORKER_STOPPING, "the worker gave the job back");
        };
    }

    private static void warn(Attempt attempt, @Nullable Throwable failure) {
        if (failure != null) {
            LOG.warn(
                    "a record of attempt {} of {} could not be stored: {}",
                    attempt.epoch().getAttemptId(),
                    attempt.job().getJobId(),
                    failure.toString());
        }
    }
}
