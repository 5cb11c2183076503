package dev.brigade.worker.llama;

import dev.brigade.contract.error.ErrorCode;
import dev.brigade.worker.backend.Cancellation;
import dev.brigade.worker.backend.Outcome;
import dev.brigade.worker.backend.TokenSink;
import java.time.Duration;

/**
 * The caller's side of one request: hands text to the sink until the request ends, is cancelled, or
 * has no time left. Whatever the engine does, {@link #run} ends by the deadline (and once cancelled
 * after the grace); the engine's slot is free again only when the engine says so.
 */
final class Call {

    private final EngineProcess engine;
    private final Exchange exchange;
    private final TokenSink sink;
    private final Cancellation cancellation;
    private final Duration grace;
    private final long deadlineNanos;

    /** Earlier than the deadline once the call was cancelled. */
    private long waitUntilNanos;

    private boolean cancelled;
    private int tokens;

    Call(
            EngineProcess engine,
            Exchange exchange,
            TokenSink sink,
            Cancellation cancellation,
            Duration grace,
            long deadlineNanos) {
        this.engine = engine;
        this.exchange = exchange;
        this.sink = sink;
        this.cancellation = cancellation;
        this.grace = grace;
        this.deadlineNanos = deadlineNanos;
        this.waitUntilNanos = deadlineNanos;
    }

    Outcome run() {
        cancellation.onCancel(exchange::wake);
        try {
            while (true) {
                switch (exchange.take(waitUntilNanos)) {
                    case Exchange.Next.Text(String text, int count) -> text(text, count);
                    case Exchange.Next.Woken() -> cancel();
                    case Exchange.Next.Ended(Outcome outcome) -> {
                        return ended(outcome);
                    }
                    case Exchange.Next.TimedOut() -> {
                        return timedOut();
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return soFar();
        } finally {
            engine.cancel(exchange);
        }
    }

    private void text(String text, int count) {
        tokens += count;
        if (!cancelled && !sink.accept(text, count)) {
            cancel();
        }
    }

    private void cancel() {
        if (cancelled) {
            return;
        }
        cancelled = true;
        engine.cancel(exchange);
        long graceEnd = System.nanoTime() + grace.toNanos();
        if (graceEnd - deadlineNanos < 0) {
            waitUntilNanos = graceEnd;
        }
    }

    /** A result that came while the call was being cancelled is not one: text may be missing. */
    private Outcome ended(Outcome outcome) {
        return cancelled && outcome instanceof Outcome.Finished(Outcome.Reason r, Outcome.Usage u)
                ? new Outcome.Cancelled(u)
                : outcome;
    }

    private Outcome timedOut() {
        return cancelled
                ? soFar()
                : new Outcome.Failed(
                        ErrorCode.DEADLINE_EXCEEDED, "the time for the model call ran out", false);
    }

    private Outcome soFar() {
        return new Outcome.Cancelled(new Outcome.Usage(0, tokens, -1));
    }
}
