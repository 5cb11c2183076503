package dev.brigade.worker.djl.image;

import static dev.brigade.worker.djl.TestingOnnx.FLOAT;
import static dev.brigade.worker.djl.TestingOnnx.FREE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.brigade.config.BatchOptions;
import dev.brigade.config.BatchOptions.Strategy;
import dev.brigade.config.ClassifyOptions;
import dev.brigade.config.ModelOptions;
import dev.brigade.contract.error.ErrorCode;
import dev.brigade.schema.Priority;
import dev.brigade.worker.backend.BackendContext;
import dev.brigade.worker.backend.ImageModel;
import dev.brigade.worker.backend.ImageModel.Prediction;
import dev.brigade.worker.backend.ImageModel.PreparedImage;
import dev.brigade.worker.backend.ImageModel.Score;
import dev.brigade.worker.backend.LoadedModel;
import dev.brigade.worker.backend.MeterNames;
import dev.brigade.worker.backend.ModelLoadException;
import dev.brigade.worker.backend.ModelSpec;
import dev.brigade.worker.backend.Result;
import dev.brigade.worker.djl.DjlBackend;
import dev.brigade.worker.djl.TestingFolder;
import dev.brigade.worker.djl.TestingOnnx;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A real network of ONNX Runtime that tells colours. */
@Timeout(60)
class ImageClassifierTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    @TempDir Path root;
    private final List<LoadedModel> loaded = new ArrayList<>();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final List<Integer> progress = new ArrayList<>();

    @AfterEach
    void close() {
        loaded.forEach(LoadedModel::close);
    }

    @Test
    void anImageGetsItsLabelWithAProbability() throws Exception {
        ImageModel model = load(TestingFolder.ofColours(root, 8));
        List<Score> best = classify(model, picture(300, 200, new Color(255, 0, 51))).best();

        assertThat(best).extracting(Score::label).containsExactly("red", "blue", "green");
        double sum = Math.exp(10) + Math.exp(0) + Math.exp(2);
        assertThat(best.get(0).probability()).isCloseTo(Math.exp(10) / sum, within(1e-5));
        assertThat(best.get(1).probability()).isCloseTo(Math.exp(2) / sum, within(1e-5));
        assertThat(model.labels()).containsExactly("red", "green", "blue");
        assertThat(model.facts().labels()).containsExactly("red", "green", "blue");
        assertThat(model.facts().capabilities()).containsExactly("classify");
        assertThat(model.threshold()).isEmpty();
        assertThat(progress).isSorted().startsWith(0).endsWith(100);
    }

    @Test
    void theTemperatureMakesItLessSure() throws Exception {
        TestingFolder folder =
                TestingFolder.ofColours(root, 8)
                        .file("calibration.json", "{\"temperature\": 10, \"threshold\": 0.7}");
        ImageModel model = load(folder);

        assertThat(classify(model, picture(8, 8, Color.RED)).best().getFirst().probability())
                .isCloseTo(Math.exp(1) / (Math.exp(1) + 2), within(1e-5));
        assertThat(model.threshold()).hasValue(0.7);
    }

    @Test
    void theConfiguredThresholdGoesFirst() throws Exception {
        TestingFolder folder =
                TestingFolder.ofColours(root, 8).file("calibration.json", "{\"threshold\": 0.7}");
        ClassifyOptions classify =
                new ClassifyOptions(
                        OptionalDouble.of(0.9), List.of(), Optional.empty(), Map.of(), 1, 0);
        ModelOptions d = ModelOptions.DEFAULT;
        ModelOptions options =
                new ModelOptions(
                        d.engine(), d.device(), d.batch(), classify, d.embedding(), d.remote());

        assertThat(load(folder, options).threshold()).hasValue(0.9);
    }

    @Test
    void outputsThatAreProbabilitiesAlreadyStayWhatTheyAre() throws Exception {
        TestingFolder folder = TestingFolder.ofColours(root, 8);
        folder.network(
                TestingFolder.colours(8, FREE)
                        .output("probs", FLOAT, FREE, 3)
                        .node("MatMul", List.of("means", "w"), "logits")
                        .node("Softmax", List.of("logits"), "probs")
                        .weights("w", new float[] {2, 0, 0, 0, 2, 0, 0, 0, 2}, 3, 3));
        double share = Math.exp(2) / (Math.exp(2) + 2);

        assertThat(classify(load(folder), picture(8, 8, Color.RED)).best().getFirst().probability())
                .isCloseTo(share, within(1e-5));

        folder.file("calibration.json", "{\"output\": \"logits\"}");
        assertThat(classify(load(folder), picture(8, 8, Color.RED)).best().getFirst().probability())
                .as("what is configured goes first")
                .isLessThan(share - 0.1);
    }

    @Test
    void aModelWithTheLabelsOfImageNetWorksByConfigurationAlone() throws Exception {
        float[] weights = new float[3 * 1_000];
        weights[281] = 20; // red
        weights[2_000 + 999] = 20; // blue
        StringBuilder labels = new StringBuilder();
        IntStream.range(0, 1_000).forEach(i -> labels.append("label ").append(i).append('\n'));
        TestingFolder folder =
                new TestingFolder(root)
                        .network(
                                TestingFolder.colours(224, FREE)
                                        .output("logits", FLOAT, FREE, 1_000)
                                        .node("MatMul", List.of("means", "w"), "logits")
                                        .weights("w", weights, 3, 1_000))
                        .file("labels.txt", labels.toString())
                        .file(
                                "preprocessor_config.json",
                                """
                                {"feature_extractor_type": "ConvNextFeatureExtractor", "crop_pct": 0.875,
                                 "do_resize": true, "size": 224, "resample": 3, "do_normalize": true,
                                 "image_mean": [0.485, 0.456, 0.406], "image_std": [0.229, 0.224, 0.225]}
                                """);
        ImageModel model = load(folder);

        assertThat(classify(model, picture(500, 375, Color.RED)).best())
                .hasSize(5)
                .first()
                .extracting(Score::label)
                .isEqualTo("label 281");
        assertThat(classify(model, picture(100, 900, Color.BLUE)).best().getFirst().label())
                .isEqualTo("label 999");
        assertThat(model.facts().parameters()).hasValue(3_000);
    }

    @ParameterizedTest
    @EnumSource(Strategy.class)
    void imagesOfManyCallersRunTogetherAndGetTheirOwnAnswers(Strategy strategy) throws Exception {
        BatchOptions batch =
                new BatchOptions(strategy, 8, Duration.ofMillis(20), 16, Duration.ofMillis(100));
        ImageModel model = load(TestingFolder.ofColours(root, 8), TestingFolder.batching(batch));
        List<Color> colours = List.of(Color.RED, Color.GREEN, Color.BLUE);
        List<PreparedImage> images =
                colours.stream().map(colour -> model.prepare(picture(8, 8, colour))).toList();

        List<CompletableFuture<Boolean>> callers =
                IntStream.range(0, 6)
                        .mapToObj(caller ->
                                CompletableFuture.supplyAsync(
                                        () -> asksOften(model, images, caller % 3),
                                        task -> Thread.ofPlatform().start(task)))
                        .toList();

        assertThat(callers).allMatch(CompletableFuture::join);
        var sizes = meters.get(MeterNames.BATCH_SIZE).summary();
        assertThat(sizes.totalAmount()).isEqualTo(6 * 40);
        assertThat(sizes.max()).isLessThanOrEqualTo(8);
    }

    @Test
    void aModelOfOneImageAtATimeIsServedSo() throws Exception {
        TestingFolder folder = TestingFolder.ofColours(root, 8);
        folder.network(
                TestingFolder.colours(8, 1)
                        .output("logits", FLOAT, 1, 3)
                        .node("MatMul", List.of("means", "w"), "logits")
                        .weights("w", new float[] {10, 0, 0, 0, 10, 0, 0, 0, 10}, 3, 3));
        ImageModel model = load(folder);
        PreparedImage red = model.prepare(picture(8, 8, Color.RED));

        assertThat(asksOften(model, List.of(red, red, red), 0)).isTrue();
        assertThat(meters.get(MeterNames.BATCH_SIZE).summary().max()).isEqualTo(1);
    }

    @Test
    void aModelOfBatchesOfAFixedSizeGetsThemFilledUp() throws Exception {
        TestingFolder folder = TestingFolder.ofColours(root, 8);
        folder.network(
                TestingFolder.colours(8, 4)
                        .output("logits", FLOAT, 4, 3)
                        .node("MatMul", List.of("means", "w"), "logits")
                        .weights("w", new float[] {10, 0, 0, 0, 10, 0, 0, 0, 10}, 3, 3));
        ImageModel model = load(folder);

        assertThat(classify(model, picture(8, 8, Color.GREEN)).best().getFirst().label())
                .isEqualTo("green");
        PreparedImage blue = model.prepare(picture(8, 8, Color.BLUE));
        assertThat(asksOften(model, List.of(blue, blue, blue), 2)).isTrue();
    }

    @Test
    void aPictureThatIsAMereStripeIsPreparedWithinReason() throws Exception {
        TestingFolder folder =
                TestingFolder.ofColours(root, 8)
                        .file(
                                "preprocessor_config.json",
                                "{\"size\": {\"shortest_edge\": 1024}, \"crop_size\": 8}");
        ImageModel model = load(folder);

        assertThat(classify(model, picture(1_000_000, 1, Color.GREEN)).best().getFirst().label())
                .isEqualTo("green");
        assertThat(classify(model, picture(2, 200_000, Color.BLUE)).best().getFirst().label())
                .isEqualTo("blue");
    }

    @Test
    void anAnswerThatNobodyWantsAnyMoreIsDropped() throws Exception {
        BatchOptions batch =
                new BatchOptions(
                        Strategy.FIXED, 4, Duration.ofSeconds(1), 8, Duration.ofMillis(50));
        ImageModel model = load(TestingFolder.ofColours(root, 8), TestingFolder.batching(batch));
        PreparedImage red = model.prepare(picture(8, 8, Color.RED));
        var unwanted = model.classify(red, Priority.NORMAL, LONG);
        unwanted.complete(Result.cancelled());
        var wanted =
                IntStream.range(0, 4)
                        .mapToObj(_ -> model.classify(red, Priority.NORMAL, LONG))
                        .toList();

        assertThat(wanted).allSatisfy(a -> assertThat(a.join()).isInstanceOf(Result.Done.class));
        assertThat(meters.get(MeterNames.BATCH_SIZE).summary().totalAmount()).isEqualTo(4);
    }

    @Test
    void numbersThatAreNoneFailTheImage() throws Exception {
        TestingFolder folder = TestingFolder.ofColours(root, 8);
        folder.network(
                TestingFolder.colours(8, FREE)
                        .output("logits", FLOAT, FREE, 3)
                        .node("Log", List.of("means"), "logits"));

        ImageModel model = load(folder);
        assertThat(
                        model.classify(
                                        model.prepare(picture(8, 8, Color.RED)),
                                        Priority.NORMAL,
                                        LONG)
                                .join())
                .isEqualTo(
                        Result.failed(
                                ErrorCode.ENGINE_ERROR,
                                "the model answered with numbers that are none"));
    }

    @Test
    void aModelThatDoesNotFitItsFilesIsRefused() {
        assertRefused(
                TestingFolder.ofColours(root, 8).file("labels.txt", "a\nb\n"),
                "the model gives 3 numbers for each picture, but there are 2 labels");
        assertRefused(
                TestingFolder.ofColours(root, 8).preprocessing(9).file("labels.txt", "a\nb\nc"),
                "makes pictures of 9x9, but the model's input is pixel_values FLOAT [?, 3, 8, 8]");
        assertRefused(
                TestingFolder.ofColours(root, 8)
                        .network(
                                TestingFolder.colours(8, FREE)
                                        .input("more", FLOAT, FREE)
                                        .output("means", FLOAT, FREE, 3)),
                "a classifier takes one input");
        assertRefused(
                TestingFolder.ofColours(root, 8)
                        .network(
                                new TestingOnnx()
                                        .input("x", FLOAT, FREE, 8, 8, 3)
                                        .output("y", FLOAT, FREE, 8, 8, 3)
                                        .node("Identity", List.of("x"), "y")),
                "is not FLOAT [?, 3, height, width]");
        assertRefused(
                TestingFolder.ofColours(root, 8)
                        .network(
                                TestingFolder.colours(8, FREE)
                                        .output("y", FLOAT, FREE, 3)
                                        .node("NoSuchOperator", List.of("means"), "y")),
                "model.onnx cannot be loaded by OnnxRuntime on cpu: ");
    }

    @Test
    void aFileThatIsNotTheExpectedOneIsRefused() {
        TestingFolder folder = TestingFolder.ofColours(root, 8);
        ModelSpec spec = folder.spec(ModelOptions.DEFAULT);
        ModelSpec other =
                new ModelSpec(
                        spec.id(),
                        spec.file(),
                        spec.contextLength(),
                        spec.slots(),
                        spec.gpuLayers(),
                        spec.threads(),
                        spec.roles(),
                        spec.chatTemplate(),
                        Optional.of("0".repeat(64)),
                        spec.options());
        assertThatThrownBy(() -> new DjlBackend().load(other, BackendContext.alone()))
                .isInstanceOf(ModelLoadException.class)
                .hasMessageContaining("not the expected 0000");
    }

    private void assertRefused(TestingFolder folder, String why) {
        assertThatThrownBy(folder::load)
                .isInstanceOf(ModelLoadException.class)
                .hasMessageStartingWith("model folder " + root + ": ")
                .hasMessageContaining(why);
    }

    private static boolean asksOften(ImageModel model, List<PreparedImage> images, int place) {
        return IntStream.range(0, 40)
                .mapToObj(_ -> model.classify(images.get(place), Priority.NORMAL, LONG))
                .toList()
                .stream()
                .allMatch(answer ->
                        answer.join() instanceof Result.Done<Prediction>(Prediction prediction)
                                && prediction
                                        .best()
                                        .getFirst()
                                        .label()
                                        .equals(model.labels().get(place)));
    }

    private static Prediction classify(ImageModel model, BufferedImage picture) {
        Result<Prediction> result =
                model.classify(model.prepare(picture), Priority.NORMAL, LONG).join();
        if (result instanceof Result.Done<Prediction>(Prediction prediction)) {
            return prediction;
        }
        throw new AssertionError("no prediction but " + result);
    }

    private ImageModel load(TestingFolder folder) throws ModelLoadException, InterruptedException {
        return load(folder, ModelOptions.DEFAULT);
    }

    private ImageModel load(TestingFolder folder, ModelOptions options)
            throws ModelLoadException, InterruptedException {
        LoadedModel model = folder.load(options, new BackendContext(meters, progress::add));
        loaded.add(model);
        return (ImageModel) model;
    }

    private static BufferedImage picture(int width, int height, Color colour) {
        BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = picture.createGraphics();
        graphics.setColor(colour);
        graphics.fillRect(0, 0, width, height);
        graphics.dispose();
        return picture;
    }
}
