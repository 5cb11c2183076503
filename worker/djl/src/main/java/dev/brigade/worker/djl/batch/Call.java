package dev.brigade.worker.djl.batch;

import dev.brigade.contract.error.ErrorCode;
import dev.brigade.schema.Priority;
import dev.brigade.worker.backend.Result;
import java.util.concurrent.CompletableFuture;

/**
 * One call of a model, from its arrival to its answer. It is over when it has an answer, whoever
 * gave it: the model, the clock, or a caller that does not want it any more.
 *
 * @param cost its part in the cost of a batch, at least 1: of a text its tokens, of an image 1
 * @param priority calls of a higher class go first
 * @param arrivedNanos when it came, on the batcher's clock
 * @param limitNanos most time from then to its answer
 */
record Call<I, O>(
        I input,
        int cost,
        Priority priority,
        long arrivedNanos,
        long limitNanos,
        CompletableFuture<Result<O>> answer) {

    Call {
        if (cost < 1) {
            throw new IllegalArgumentException("a call costs at least 1, not " + cost);
        }
    }

    boolean isOver() {
        return answer.isDone();
    }

    boolean isExpired(long nowNanos) {
        return nowNanos - arrivedNanos >= limitNanos;
    }

    /** Longest that it may wait for company: half its time is left for the model. */
    long patienceNanos() {
        return limitNanos / 2;
    }

    void end(Result<O> result) {
        answer.complete(result);
    }

    void fail(ErrorCode code, String message) {
        end(Result.failed(code, message));
    }

    void expire() {
        fail(ErrorCode.DEADLINE_EXCEEDED, "the time ran out before the model took the call");
    }
}
