package dev.brigade.worker.deterministic;

import dev.brigade.contract.error.ErrorCode;
import dev.brigade.schema.Priority;
import dev.brigade.worker.backend.ImageModel;
import dev.brigade.worker.backend.ModelFacts;
import dev.brigade.worker.backend.ModelLoadException;
import dev.brigade.worker.backend.ModelSpec;
import dev.brigade.worker.backend.Result;
import dev.brigade.worker.deterministic.ReplyRule.Failure;
import dev.brigade.worker.deterministic.Script.Cue;
import dev.brigade.worker.turns.Shares;
import dev.brigade.worker.turns.TurnQueue;
import java.awt.image.BufferedImage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Classifies an image as its file's rules say of its {@link Shade} ({@code when: red picture, say:
 * discard 0.7}), and otherwise with the first label where it is light and the second where it is
 * dark. One image after another, higher classes first, on a thread of its own.
 */
final class DeterministicClassifier implements ImageModel {

    private static final double SURE = 0.9;
    private static final Duration END_LIMIT = Duration.ofSeconds(2);

    private final ModelSpec spec;
    private final DeterministicFile file;
    private final Script script;
    private final Shares shares;
    private final TurnQueue<Waiting> queue;
    private final Thread thread;
    private volatile boolean closed;

    /** An image that has its turn some time. */
    private record Waiting(String shade, CompletableFuture<Result<Prediction>> result) {}

    /** An image as this model takes it. */
    private record Seen(String shade) implements PreparedImage {}

    private DeterministicClassifier(ModelSpec spec, DeterministicFile file) {
        this.spec = spec;
        this.file = file;
        this.script = new Script(file.replies());
        var batch = spec.options().batch();
        this.shares = Shares.of(batch.queue(), batch.maxSize());
        this.queue = new TurnQueue<>(shares);
        this.thread =
                Thread.ofPlatform()
                        .daemon()
                        .name("deterministic-" + spec.id())
                        .unstarted(this::classifyAll);
    }

    static DeterministicClassifier of(ModelSpec spec, DeterministicFile file)
            throws ModelLoadException {
        if (file.labels().size() < 2) {
            throw new ModelLoadException(
                    "model file %s: labels must be at least 2".formatted(spec.file()));
        }
        DeterministicClassifier model = new DeterministicClassifier(spec, file);
        for (ReplyRule rule : file.replies()) {
            for (String said : rule.say()) {
                if (!model.isLabel(said)) {
                    throw new ModelLoadException(
                            "model file %s: a reply must be a label, and maybe its probability, not \"%s\""
                                    .formatted(spec.file(), said));
                }
            }
        }
        model.thread.start();
        return model;
    }

    @Override
    public ModelFacts facts() {
        return new ModelFacts(
                spec.contextLength(),
                Set.of("classify"),
                file.memoryMb(),
                "",
                OptionalLong.empty(),
                "",
                file.labels(),
                OptionalInt.empty());
    }

    @Override
    public Health health() {
        return Health.READY;
    }

    @Override
    public List<String> labels() {
        return file.labels();
    }

    @Override
    public OptionalDouble threshold() {
        return OptionalDouble.empty();
    }

    @Override
    public Shares shares() {
        return shares;
    }

    @Override
    public PreparedImage prepare(BufferedImage picture) {
        return new Seen(Shade.of(picture));
    }

    @Override
    public CompletableFuture<Result<Prediction>> classify(
            PreparedImage image, Priority priority, Duration limit) {
        CompletableFuture<Result<Prediction>> result = new CompletableFuture<>();
        result.completeOnTimeout(exceeded(), limit.toNanos(), TimeUnit.NANOSECONDS);
        try {
            Waiting waiting = new Waiting(((Seen) image).shade, result);
            if (!queue.offer(priority, waiting, limit)) {
                result.complete(exceeded());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            result.complete(Result.cancelled());
        }
        if (closed) {
            result.complete(stopping());
        }
        return result;
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        try {
            thread.join(END_LIMIT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        for (var left = queue.poll(); left.isPresent(); left = queue.poll()) {
            left.get().result.complete(stopping());
        }
    }

    private void classifyAll() {
        try {
            while (!closed) {
                Waiting next = queue.take();
                if (!next.result.isDone()) {
                    try {
                        TimeUnit.MILLISECONDS.sleep(file.delayMs());
                        next.result.complete(classify(next.shade));
                    } finally {
                        next.result.complete(stopping());
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Result<Prediction> classify(String shade) {
        Cue cue = script.cue("", shade, 0);
        if (cue.failure().isPresent()) {
            Failure failure = cue.failure().get();
            return new Result.Failed<>(
                    failure.code(), "the model's file says so", failure.crashed());
        }
        return Result.done(
                cue.text()
                        .map(this::prediction)
                        .orElseGet(() ->
                                prediction(file.labels().get(Shade.isLight(shade) ? 0 : 1), SURE)));
    }

    private Prediction prediction(String said) {
        int blank = said.lastIndexOf(' ');
        return file.labels().contains(said)
                ? prediction(said, SURE)
                : prediction(
                        said.substring(0, blank), Double.parseDouble(said.substring(blank + 1)));
    }

    /** The label with its probability, the others with the rest in equal parts. */
    private Prediction prediction(String label, double probability) {
        List<Score> scores = new ArrayList<>();
        scores.add(new Score(label, probability));
        double rest = (1 - probability) / (file.labels().size() - 1);
        file.labels().stream()
                .filter(other -> !other.equals(label))
                .limit(4)
                .forEach(other -> scores.add(new Score(other, rest)));
        return new Prediction(scores);
    }

    private boolean isLabel(String said) {
        int blank = said.lastIndexOf(' ');
        return file.labels().contains(said)
                || (blank > 0
                        && file.labels().contains(said.substring(0, blank))
                        && said.substring(blank + 1).matches("0(\\.\\d{1,9})?|1(\\.0{1,9})?"));
    }

    private static <T> Result<T> exceeded() {
        return Result.failed(ErrorCode.DEADLINE_EXCEEDED, "the time for the model call ran out");
    }

    private static <T> Result<T> stopping() {
        return Result.failed(ErrorCode.WORKER_STOPPING, "the model is being unloaded");
    }
}
