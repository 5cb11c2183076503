package dev.brigade.worker.deterministic;

import dev.brigade.contract.error.ErrorCode;
import dev.brigade.worker.backend.Cancellation;
import dev.brigade.worker.backend.GenerationRequest;
import dev.brigade.worker.backend.Outcome;
import dev.brigade.worker.backend.TokenSink;
import dev.brigade.worker.deterministic.ReplyRule.Failure;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Says one answer, token by token. */
final class Answer {

    private final Plan plan;
    private final List<String> stops;
    private final TokenSink sink;
    private final Cancellation cancellation;
    private final CountDownLatch closed;
    private final CountDownLatch cancelled = new CountDownLatch(1);
    private final StringBuilder text = new StringBuilder();
    private final long startedAt = System.nanoTime();
    private final long limitNanos;
    private long firstTokenMs = -1;
    private int count;

    /**
     * What to say.
     *
     * @param tokens of the text, in order; may have no end
     * @param most tokens that are said
     * @param failure by which it ends
     * @param tokensPerSecond speed; 0 is as fast as can be
     */
    record Plan(
            int promptTokens,
            Iterator<String> tokens,
            int most,
            Optional<Failure> failure,
            int tokensPerSecond) {}

    /**
     * @param closed counted down when the model is unloaded
     */
    Answer(
            Plan plan,
            GenerationRequest request,
            TokenSink sink,
            Cancellation cancellation,
            Duration limit,
            CountDownLatch closed) {
        this.plan = plan;
        this.stops = request.stop();
        this.sink = sink;
        this.cancellation = cancellation;
        this.closed = closed;
        this.limitNanos = limit.toNanos();
        cancellation.onCancel(cancelled::countDown);
    }

    Outcome say() {
        while (count < plan.most() && plan.tokens().hasNext() && !failsNow()) {
            if (!pause() || cancellation.isCancelled()) {
                return closed.getCount() == 0
                        ? failed(ErrorCode.WORKER_STOPPING, "the model is being unloaded")
                        : new Outcome.Cancelled(usage());
            }
            if (leftNanos() <= 0) {
                return failed(ErrorCode.DEADLINE_EXCEEDED, "the request's time is over");
            }
            String token = plan.tokens().next();
            text.append(token);
            count++;
            if (stops.stream().anyMatch(stop -> text.indexOf(stop) >= 0)) {
                return new Outcome.Finished(Outcome.Reason.STOP, usage());
            }
            if (count == 1) {
                firstTokenMs = (System.nanoTime() - startedAt) / 1_000_000;
            }
            if (!sink.accept(token, 1)) {
                return new Outcome.Cancelled(usage());
            }
        }
        return plan.failure().<Outcome>map(Answer::failed).orElseGet(this::finished);
    }

    private boolean failsNow() {
        return plan.failure().filter(failure -> count >= failure.afterTokens()).isPresent();
    }

    private Outcome finished() {
        return new Outcome.Finished(
                plan.tokens().hasNext() ? Outcome.Reason.LENGTH : Outcome.Reason.STOP, usage());
    }

    private long leftNanos() {
        return limitNanos - (System.nanoTime() - startedAt);
    }

    /** Takes a token's time, or what is left; false when the request must end. */
    private boolean pause() {
        if (plan.tokensPerSecond() == 0) {
            return closed.getCount() > 0;
        }
        try {
            long nanos = TimeUnit.SECONDS.toNanos(1) / plan.tokensPerSecond();
            return !cancelled.await(Math.min(nanos, leftNanos()), TimeUnit.NANOSECONDS)
                    && closed.getCount() > 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private Outcome.Usage usage() {
        return new Outcome.Usage(plan.promptTokens(), count, firstTokenMs);
    }

    private static Outcome failed(Failure failure) {
        return new Outcome.Failed(failure.code(), "the model's file says so", failure.crashed());
    }

    private static Outcome failed(ErrorCode code, String message) {
        return new Outcome.Failed(code, message, false);
    }
}
