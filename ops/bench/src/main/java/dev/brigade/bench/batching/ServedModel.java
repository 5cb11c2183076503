package dev.brigade.bench.batching;

import dev.brigade.bench.images.SampleTexts;
import dev.brigade.config.ModelOptions;
import dev.brigade.schema.Priority;
import dev.brigade.worker.backend.BackendContext;
import dev.brigade.worker.backend.Cancellation;
import dev.brigade.worker.backend.EmbeddingModel;
import dev.brigade.worker.backend.EmbeddingModel.EmbeddingTask;
import dev.brigade.worker.backend.EmbeddingModel.InputType;
import dev.brigade.worker.backend.EmbeddingModel.Texts;
import dev.brigade.worker.backend.ImageModel;
import dev.brigade.worker.backend.ImageModel.PreparedImage;
import dev.brigade.worker.backend.LoadedModel;
import dev.brigade.worker.backend.MeterNames;
import dev.brigade.worker.backend.ModelLoadException;
import dev.brigade.worker.backend.ModelSpec;
import dev.brigade.worker.backend.Result;
import dev.brigade.worker.djl.DjlBackend;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

/** A shipped model with some batches, as the worker loads it, and calls to it. */
final class ServedModel implements AutoCloseable {

    /** What is given to a model with one call. */
    enum Input {
        IMAGE("brigade-demo-vision"),
        TEXT("brigade-demo-embedding");

        private final String model;

        Input(String model) {
            this.model = model;
        }
    }

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final int CONTEXT = 512;
    private static final int TEXTS = 1_024;

    private final LoadedModel model;
    private final ClosedLoop.Call call;
    private final SimpleMeterRegistry meters;
    private final String id;

    private ServedModel(
            LoadedModel model, ClosedLoop.Call call, SimpleMeterRegistry meters, String id) {
        this.model = model;
        this.call = call;
        this.meters = meters;
        this.id = id;
    }

    /** Loads the model of an input, with one thread. */
    static ServedModel load(Path root, Input input, Strategy strategy)
            throws IOException, ModelLoadException, InterruptedException {
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        Path folder = root.resolve("ops/demo-models/models").resolve(input.model);
        LoadedModel model =
                new DjlBackend()
                        .load(
                                spec(input.model, folder, strategy.options()),
                                new BackendContext(meters, percent -> {}));
        ClosedLoop.Call call =
                switch (model) {
                    case ImageModel images -> imageCall(images, root);
                    case EmbeddingModel texts -> textCall(texts);
                    default -> throw new IllegalStateException(input.model + " is of another kind");
                };
        return new ServedModel(model, call, meters, input.model);
    }

    /** What callers call. */
    ClosedLoop.Call call() {
        return call;
    }

    /** Batches that were run. */
    long batches() {
        return sizes().count();
    }

    /** Calls that were in them. */
    double calls() {
        return sizes().totalAmount();
    }

    @Override
    public void close() {
        model.close();
    }

    private DistributionSummary sizes() {
        return meters.get(MeterNames.BATCH_SIZE).tag(MeterNames.MODEL_NAME, id).summary();
    }

    private static ClosedLoop.Call imageCall(ImageModel model, Path root) throws IOException {
        List<PreparedImage> prepared = new ArrayList<>();
        for (BufferedImage picture : pictures(root.resolve("ops/demo-models/samples"))) {
            prepared.add(model.prepare(picture));
        }
        return number ->
                done(
                        model.classify(
                                        prepared.get(number % prepared.size()),
                                        Priority.NORMAL,
                                        LIMIT)
                                .get(LIMIT.toSeconds(), TimeUnit.SECONDS));
    }

    private static ClosedLoop.Call textCall(EmbeddingModel model) {
        List<String> texts = SampleTexts.of(TEXTS);
        return number ->
                done(
                        model.embed(
                                new EmbeddingTask(
                                        "bench",
                                        new Texts.Strings(List.of(texts.get(number % TEXTS))),
                                        InputType.NONE,
                                        OptionalInt.empty(),
                                        Priority.NORMAL),
                                new Cancellation(),
                                LIMIT));
    }

    private static void done(Result<?> result) {
        if (!(result instanceof Result.Done<?>)) {
            throw new IllegalStateException("a call was answered with " + result);
        }
    }

    private static List<BufferedImage> pictures(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            List<BufferedImage> pictures = new ArrayList<>();
            for (Path file : files.sorted().toList()) {
                if (!file.toString().endsWith(".csv")) {
                    pictures.add(ImageIO.read(file.toFile()));
                }
            }
            return pictures;
        }
    }

    private static ModelSpec spec(String id, Path folder, ModelOptions options) {
        return new ModelSpec(
                id,
                folder,
                CONTEXT,
                1,
                0,
                1,
                List.of(),
                Optional.empty(),
                Optional.empty(),
                options);
    }
}
