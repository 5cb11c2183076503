package dev.brigade.worker.djl.batch;

import dev.brigade.contract.error.ErrorCode;
import dev.brigade.schema.Priority;
import dev.brigade.worker.backend.Cancellation;
import dev.brigade.worker.backend.Result;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives the calls of many callers to one model, several at once.
 *
 * <p>The model is run, and at the end released, by one thread of its own, so that it needs no lock
 * and is never released while it runs. The lock guards the backlog and nothing else: no call is
 * answered, and so no caller's code run, by a thread that holds it. Every call gets exactly one
 * answer; of a call that is over before its batch begins the model sees nothing.
 *
 * <p>A batch that fails is run again call by call, so that a bad input fails alone. An {@link
 * Error} ends the model: its calls fail as retriable, and {@link #isAlive} is false from then on.
 */
public final class Batcher<I, O> implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Batcher.class);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(9);
    private static final long IDLE_LOOK_NANOS = Duration.ofSeconds(1).toNanos();
    private static final String UNLOADED = "the model is being unloaded";
    private static final String BROKEN = "the model's engine is down";

    private final String model;
    private final BatchRun<I, O> run;
    private final Runnable release;
    private final LongSupplier nanoClock;
    private final LatencyEstimate seen = new LatencyEstimate();
    private final BatchMeters meters;
    private final Thread thread;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private final Condition room = lock.newCondition();
    private final Backlog<I, O> backlog;
    private boolean closing;
    private volatile boolean broken;

    /**
     * Begins to take calls.
     *
     * @param model its id, for thread, log and meters
     * @param release frees the model; called by the model's thread when it has run for the last
     *     time
     */
    public Batcher(
            String model,
            BatchSettings settings,
            BatchRun<I, O> run,
            Runnable release,
            MeterRegistry meters,
            LongSupplier nanoClock) {
        this.model = model;
        this.run = run;
        this.release = release;
        this.nanoClock = nanoClock;
        this.backlog = new Backlog<>(settings, seen);
        this.meters = new BatchMeters(meters, model, this::waiting);
        this.thread =
                Thread.ofPlatform().daemon().name("inference-" + model).unstarted(this::serve);
        thread.start();
    }

    /** Whether it still takes calls, or was closed in order. */
    public boolean isAlive() {
        return !broken;
    }

    /** Calls that wait for a batch. */
    public int waiting() {
        lock.lock();
        try {
            return backlog.size();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Hands over a call. Blocks while the queue is full, until the call is cancelled or its limit
     * has passed.
     *
     * @param cost as {@link Call#cost}
     * @param priority calls of a higher class go first
     * @param limit most time to the answer; past it that is {@code deadline_exceeded}
     * @return the answer to be; whoever completes it otherwise takes the call back. It may come on
     *     the model's thread, so what depends on it should be brief or run elsewhere
     */
    public CompletableFuture<Result<O>> submit(
            I input, int cost, Priority priority, Cancellation cancellation, Duration limit) {
        CompletableFuture<Result<O>> answer = new CompletableFuture<>();
        Call<I, O> call =
                new Call<>(input, cost, priority, nanoClock.getAsLong(), limit.toNanos(), answer);
        cancellation.onCancel(() -> cancel(call));
        try {
            enter(call);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            call.fail(ErrorCode.WORKER_STOPPING, "interrupted while waiting for the model");
        }
        return answer;
    }

    /**
     * Takes no more calls, fails those that wait, and ends with the batch that runs. Idempotent.
     */
    @Override
    public void close() {
        stop(UNLOADED);
        try {
            if (!thread.join(CLOSE_LIMIT)) {
                LOG.error("model {} still runs a batch; it is released when that ends", model);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void enter(Call<I, O> call) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = call.limitNanos();
            while (!closing && !call.isOver() && left > 0 && !backlog.hasRoom(call.priority())) {
                left = room.awaitNanos(left);
            }
            if (closing) {
                call.fail(
                        broken ? ErrorCode.ENGINE_ERROR : ErrorCode.WORKER_STOPPING,
                        broken ? BROKEN : UNLOADED);
            } else if (left <= 0) {
                call.expire();
            } else if (!call.isOver()) {
                backlog.add(call);
                arrived.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    private void cancel(Call<I, O> call) {
        call.end(Result.cancelled());
        lock.lock();
        try {
            room.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The life of the model's thread. */
    private void serve() {
        try {
            boolean more = true;
            while (more) {
                more =
                        switch (await()) {
                            case Next.Expire<I, O>(List<Call<I, O>> calls) -> {
                                calls.forEach(Call::expire);
                                yield true;
                            }
                            case Next.Run<I, O>(List<Call<I, O>> calls) -> {
                                run(calls);
                                yield true;
                            }
                            case Next.Idle<I, O>() -> false;
                            case Next.Wait<I, O> _ -> throw new IllegalStateException("waited for");
                        };
            }
        } catch (Throwable e) { // the end of the model, whatever it was
            LOG.error("model {} has failed", model, e);
            broken = true;
            stop(BROKEN);
        } finally {
            meters.close();
            release.run();
        }
    }

    /** Waits until there is something to do; idle only when closing. */
    private Next<I, O> await() throws InterruptedException {
        lock.lock();
        try {
            while (true) {
                Next<I, O> next = backlog.next(nanoClock.getAsLong());
                room.signalAll();
                long wait =
                        switch (next) {
                            case Next.Idle<I, O>() -> closing ? 0 : IDLE_LOOK_NANOS;
                            case Next.Wait<I, O>(long nanos) -> nanos;
                            case Next.Expire<I, O> _, Next.Run<I, O> _ -> 0;
                        };
                if (wait == 0) {
                    return next;
                }
                var _ = arrived.awaitNanos(wait);
            }
        } finally {
            lock.unlock();
        }
    }

    private void run(List<Call<I, O>> calls) {
        long began = nanoClock.getAsLong();
        meters.begun(calls, began);
        try {
            attempt(calls);
            seen.record(units(calls), nanoClock.getAsLong() - began);
        } catch (Exception e) {
            LOG.warn("model {} failed on a batch of {}", model, calls.size(), e);
            runAlone(calls);
        } catch (Error e) {
            calls.forEach(call -> call.fail(ErrorCode.ENGINE_ERROR, BROKEN));
            throw e;
        }
    }

    private void attempt(List<Call<I, O>> calls) throws Exception {
        List<Result<O>> results = run.run(calls.stream().map(Call::input).toList());
        if (results.size() != calls.size()) {
            throw new IllegalStateException(
                    "%d results of %d inputs".formatted(results.size(), calls.size()));
        }
        for (int i = 0; i < calls.size(); i++) {
            calls.get(i).end(results.get(i));
        }
    }

    /** After a batch has failed: the bad input is to fail alone. */
    private void runAlone(List<Call<I, O>> calls) {
        for (Call<I, O> call : calls) {
            if (calls.size() == 1) {
                call.fail(ErrorCode.ENGINE_ERROR, "the model could not work on this input");
            } else if (call.isExpired(nanoClock.getAsLong())) {
                call.expire();
            } else if (!call.isOver()) {
                retry(call);
            }
        }
    }

    private void retry(Call<I, O> call) {
        try {
            attempt(List.of(call));
        } catch (Exception e) {
            LOG.warn("model {} failed on one input alone", model, e);
            runAlone(List.of(call));
        }
    }

    private static long units(List<? extends Call<?, ?>> calls) {
        return (long) calls.size() * calls.stream().mapToInt(Call::cost).max().orElse(1);
    }

    private void stop(String reason) {
        List<Call<I, O>> left;
        lock.lock();
        try {
            closing = true;
            left = backlog.drain();
            arrived.signalAll();
            room.signalAll();
        } finally {
            lock.unlock();
        }
        ErrorCode code = broken ? ErrorCode.ENGINE_ERROR : ErrorCode.WORKER_STOPPING;
        left.forEach(call -> call.fail(code, reason));
    }
}
