package dev.brigade.worker.calls;

import dev.brigade.schema.Priority;
import dev.brigade.worker.backend.ImageModel;
import dev.brigade.worker.backend.ModelFacts;
import dev.brigade.worker.backend.Result;
import dev.brigade.worker.turns.Shares;
import dev.brigade.worker.turns.Turns;
import java.awt.image.BufferedImage;
import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** A model that answers one image when it is told to, by turns as models do. */
final class TestingImageModel implements ImageModel {

    private static final Prediction ANSWER = new Prediction(List.of(new Score("a", 1)));

    private final Shares shares;
    private final Turns<CompletableFuture<Result<Prediction>>> waiting = new Turns<>();

    private record Seen() implements PreparedImage {}

    TestingImageModel(Shares shares) {
        this.shares = shares;
    }

    @Override
    public PreparedImage prepare(BufferedImage picture) {
        return new Seen();
    }

    @Override
    public synchronized CompletableFuture<Result<Prediction>> classify(
            PreparedImage image, Priority priority, Duration limit) {
        if (!shares.admits(priority, waiting::size)) {
            throw new IllegalStateException("there is no room for it");
        }
        CompletableFuture<Result<Prediction>> result = new CompletableFuture<>();
        waiting.add(priority, result);
        return result;
    }

    synchronized int waiting() {
        return waiting.size();
    }

    synchronized int waiting(Priority priority) {
        return waiting.size(priority);
    }

    void answerNext() {
        CompletableFuture<Result<Prediction>> next;
        synchronized (this) {
            next = waiting.inOrder().getFirst();
            waiting.take(List.of(next));
        }
        next.complete(Result.done(ANSWER));
    }

    @Override
    public Shares shares() {
        return shares;
    }

    @Override
    public List<String> labels() {
        return List.of("a", "b");
    }

    @Override
    public OptionalDouble threshold() {
        return OptionalDouble.empty();
    }

    @Override
    public ModelFacts facts() {
        return new ModelFacts(
                1,
                Set.of("classify"),
                1,
                "",
                OptionalLong.empty(),
                "",
                labels(),
                OptionalInt.empty());
    }

    @Override
    public Health health() {
        return Health.READY;
    }

    @Override
    public void close() {}
}
