package dev.brigade.worker.testing;

import dev.brigade.worker.backend.Cancellation;
import dev.brigade.worker.backend.GenerationRequest;
import dev.brigade.worker.backend.ModelFacts;
import dev.brigade.worker.backend.Outcome;
import dev.brigade.worker.backend.TextModel;
import dev.brigade.worker.backend.TokenSink;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CountDownLatch;

/** A model whose generation is a function given by the test. */
public final class TestingModel implements TextModel {

    private final Generation generation;
    private volatile Health health = Health.READY;
    private volatile boolean closed;

    public TestingModel(Generation generation) {
        this.generation = generation;
    }

    /** A model that says these pieces, one token each, and stops. */
    public static TestingModel saying(String... pieces) {
        return new TestingModel((request, sink, cancellation) -> {
            for (String piece : pieces) {
                if (!sink.accept(piece, 1)) {
                    return new Outcome.Cancelled(usage(pieces.length));
                }
            }
            return new Outcome.Finished(Outcome.Reason.STOP, usage(pieces.length));
        });
    }

    /** A model that says one piece and then nothing until it is cancelled. */
    public static TestingModel hanging() {
        return new TestingModel((request, sink, cancellation) -> {
            sink.accept("first", 1);
            CountDownLatch cancelled = new CountDownLatch(1);
            cancellation.onCancel(cancelled::countDown);
            try {
                cancelled.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return new Outcome.Cancelled(usage(1));
        });
    }

    public static Outcome.Usage usage(int tokens) {
        return new Outcome.Usage(3, tokens, 7);
    }

    public void health(Health now) {
        health = now;
    }

    public boolean isClosed() {
        return closed;
    }

    @Override
    public ModelFacts facts() {
        return ModelFacts.ofText(
                1024, Set.of("chat", "completion"), 10, "", OptionalLong.empty(), "");
    }

    @Override
    public Health health() {
        return health;
    }

    @Override
    public Outcome generate(
            GenerationRequest request, TokenSink sink, Cancellation cancellation, Duration limit) {
        return generation.generate(request, sink, cancellation);
    }

    @Override
    public void close() {
        closed = true;
    }

    /** What the model does. */
    @FunctionalInterface
    public interface Generation {
        Outcome generate(GenerationRequest request, TokenSink sink, Cancellation cancellation);
    }
}
