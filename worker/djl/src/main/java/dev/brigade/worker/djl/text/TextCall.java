package dev.brigade.worker.djl.text;

import static java.util.Comparator.comparingInt;

import dev.brigade.contract.error.ErrorCode;
import dev.brigade.schema.Priority;
import dev.brigade.worker.backend.Cancellation;
import dev.brigade.worker.backend.Result;
import dev.brigade.worker.djl.batch.Batcher;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;

/**
 * The texts of one call on their way through the model. They go in by length, so that neighbours
 * fit together, and only some at a time, so that a call of a thousand texts leaves room in the
 * queue for calls of one. The first text that fails fails the call, and takes back the rest.
 */
final class TextCall {

    private final Batcher<TokenText, float[]> batcher;
    private final int atOnce;
    private final Priority priority;
    private final LongSupplier nanoClock;
    private final long deadlineNanos;
    private final Cancellation rest = new Cancellation();

    /**
     * @param atOnce most texts that wait or run at a time
     * @param priority texts of a higher class go first
     * @param limit most time for all of them
     */
    TextCall(
            Batcher<TokenText, float[]> batcher,
            int atOnce,
            Priority priority,
            LongSupplier nanoClock,
            Cancellation cancellation,
            Duration limit) {
        this.batcher = batcher;
        this.atOnce = atOnce;
        this.priority = priority;
        this.nanoClock = nanoClock;
        this.deadlineNanos = nanoClock.getAsLong() + limit.toNanos();
        cancellation.onCancel(rest::cancel);
    }

    /** What the model made of each, in their order. */
    Result<List<float[]>> run(List<TokenText> texts) {
        List<Integer> byLength =
                IntStream.range(0, texts.size())
                        .boxed()
                        .sorted(comparingInt(place -> texts.get(place).length()))
                        .toList();
        List<CompletableFuture<Result<float[]>>> sent = new ArrayList<>();
        List<Result<float[]>> got = new ArrayList<>();
        while (got.size() < texts.size()) {
            if (sent.size() < texts.size() && sent.size() - got.size() < atOnce) {
                TokenText text = texts.get(byLength.get(sent.size()));
                sent.add(batcher.submit(text, text.length(), priority, rest, left()));
            } else {
                Result<float[]> next = await(sent.get(got.size()));
                if (!(next instanceof Result.Done)) {
                    rest.cancel();
                    return next.map(List::of);
                }
                got.add(next);
            }
        }
        float[][] vectors = new float[texts.size()][];
        for (int i = 0; i < vectors.length; i++) {
            if (got.get(i) instanceof Result.Done<float[]>(float[] vector)) {
                vectors[byLength.get(i)] = vector;
            }
        }
        return Result.done(List.of(vectors));
    }

    private Result<float[]> await(CompletableFuture<Result<float[]>> answer) {
        try {
            return answer.get(left().toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return Result.failed(ErrorCode.DEADLINE_EXCEEDED, "the time ran out in the model");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Result.failed(ErrorCode.WORKER_STOPPING, "interrupted while the model ran");
        } catch (ExecutionException | CancellationException e) {
            throw new IllegalStateException("answers are values", e);
        }
    }

    private Duration left() {
        return Duration.ofNanos(Math.max(0, deadlineNanos - nanoClock.getAsLong()));
    }
}
