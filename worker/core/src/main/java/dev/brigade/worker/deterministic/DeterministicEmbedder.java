package dev.brigade.worker.deterministic;

import dev.brigade.contract.error.ErrorCode;
import dev.brigade.worker.backend.Cancellation;
import dev.brigade.worker.backend.EmbeddingModel;
import dev.brigade.worker.backend.ModelFacts;
import dev.brigade.worker.backend.ModelLoadException;
import dev.brigade.worker.backend.ModelSpec;
import dev.brigade.worker.backend.Result;
import dev.brigade.worker.deterministic.ReplyRule.Failure;
import dev.brigade.worker.deterministic.Script.Cue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Embeds a text as its file's rules say ({@code say: "1 0 0.5"}, as many numbers as dimensions),
 * and otherwise as the sum of vectors that stand for its words: the same words give the same
 * vector, and common words bring texts near each other.
 */
final class DeterministicEmbedder implements EmbeddingModel {

    private final ModelSpec spec;
    private final DeterministicFile file;
    private final Script script;
    private final CountDownLatch closed = new CountDownLatch(1);

    private DeterministicEmbedder(ModelSpec spec, DeterministicFile file) {
        this.spec = spec;
        this.file = file;
        this.script = new Script(file.replies());
    }

    static DeterministicEmbedder of(ModelSpec spec, DeterministicFile file)
            throws ModelLoadException {
        for (ReplyRule rule : file.replies()) {
            for (String said : rule.say()) {
                if (numbers(said).filter(v -> v.length == file.dimensions()).isEmpty()) {
                    throw new ModelLoadException(
                            "model file %s: a reply must be %d numbers, which \"%s\" is not"
                                    .formatted(spec.file(), file.dimensions(), said));
                }
            }
        }
        return new DeterministicEmbedder(spec, file);
    }

    @Override
    public ModelFacts facts() {
        return new ModelFacts(
                spec.contextLength(),
                Set.of("embedding", "rerank"),
                file.memoryMb(),
                "",
                OptionalLong.empty(),
                "",
                List.of(),
                OptionalInt.of(file.dimensions()));
    }

    @Override
    public Health health() {
        return Health.READY;
    }

    @Override
    public int dimensions() {
        return file.dimensions();
    }

    @Override
    public Result<Vectors> embed(EmbeddingTask task, Cancellation cancellation, Duration limit) {
        int length = task.dimensions().orElse(file.dimensions());
        if (length < 1 || length > file.dimensions()) {
            return Result.failed(
                    ErrorCode.INVALID_REQUEST,
                    "dimensions must be 1 to %d, not %d".formatted(file.dimensions(), length));
        }
        long end = System.nanoTime() + limit.toNanos();
        CountDownLatch cancelled = new CountDownLatch(1);
        cancellation.onCancel(cancelled::countDown);
        List<float[]> vectors = new ArrayList<>();
        int tokens = 0;
        for (String text : texts(task.texts())) {
            Optional<Result<Vectors>> over = delay(cancelled, end);
            if (over.isPresent()) {
                return over.get();
            }
            int count = Words.count(text);
            if (count > spec.contextLength()) {
                return Result.failed(
                        ErrorCode.CONTEXT_LENGTH_EXCEEDED,
                        "a text has %d tokens; this model takes %d"
                                .formatted(count, spec.contextLength()));
            }
            tokens += count;
            Cue cue = script.cue(task.id(), text, 0);
            if (cue.failure().isPresent()) {
                Failure failure = cue.failure().get();
                return new Result.Failed<>(
                        failure.code(), "the model's file says so", failure.crashed());
            }
            float[] whole =
                    cue.text().flatMap(DeterministicEmbedder::numbers).orElseGet(() -> sum(text));
            vectors.add(length == whole.length ? whole : normalized(Arrays.copyOf(whole, length)));
        }
        return Result.done(new Vectors(length, vectors, tokens));
    }

    @Override
    public void close() {
        closed.countDown();
    }

    private static List<String> texts(Texts texts) {
        return switch (texts) {
            case Texts.Strings(List<String> strings) -> strings;
            case Texts.Tokens(List<int[]> tokens) ->
                    tokens.stream()
                            .map(ids ->
                                    Arrays.stream(ids)
                                            .mapToObj(Integer::toString)
                                            .collect(Collectors.joining(" ")))
                            .toList();
        };
    }

    /** Takes a text's time; what it came to where the call ends meanwhile. */
    private Optional<Result<Vectors>> delay(CountDownLatch cancelled, long end) {
        long left = end - System.nanoTime();
        long delay = TimeUnit.MILLISECONDS.toNanos(file.delayMs());
        try {
            if (cancelled.await(Math.min(delay, left), TimeUnit.NANOSECONDS)) {
                return Optional.of(Result.cancelled());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of(Result.cancelled());
        }
        if (closed.getCount() == 0) {
            return Optional.of(
                    Result.failed(ErrorCode.WORKER_STOPPING, "the model is being unloaded"));
        }
        return left <= delay
                ? Optional.of(
                        Result.failed(
                                ErrorCode.DEADLINE_EXCEEDED, "the time for the model call ran out"))
                : Optional.empty();
    }

    private float[] sum(String text) {
        float[] sum = new float[file.dimensions()];
        for (String word : text.strip().split("\\s+", -1)) {
            var random = new java.util.SplittableRandom(word.hashCode());
            for (int i = 0; i < sum.length; i++) {
                sum[i] += (float) (random.nextDouble() * 2 - 1);
            }
        }
        return normalized(sum);
    }

    private static float[] normalized(float[] vector) {
        double squares = 0;
        for (float value : vector) {
            squares += (double) value * value;
        }
        double length = Math.sqrt(squares);
        for (int i = 0; length > 0 && i < vector.length; i++) {
            vector[i] = (float) (vector[i] / length);
        }
        return vector;
    }

    private static Optional<float[]> numbers(String said) {
        String[] words = said.strip().split("\\s+", -1);
        float[] numbers = new float[words.length];
        try {
            for (int i = 0; i < words.length; i++) {
                numbers[i] = Float.parseFloat(words[i]);
            }
            return Optional.of(numbers);
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
