package dev.brigade.worker.djl.text;

import static dev.brigade.worker.djl.TestingFolder.FIRST_WORD;
import static dev.brigade.worker.djl.TestingFolder.WIDTH;
import static dev.brigade.worker.djl.TestingFolder.WORDS;
import static dev.brigade.worker.djl.TestingFolder.vector;
import static dev.brigade.worker.djl.TestingOnnx.FLOAT;
import static dev.brigade.worker.djl.TestingOnnx.FREE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.brigade.config.EmbeddingOptions;
import dev.brigade.config.EmbeddingOptions.Pooling;
import dev.brigade.config.ModelOptions;
import dev.brigade.contract.error.ErrorCode;
import dev.brigade.schema.Priority;
import dev.brigade.worker.backend.BackendContext;
import dev.brigade.worker.backend.Cancellation;
import dev.brigade.worker.backend.EmbeddingModel;
import dev.brigade.worker.backend.EmbeddingModel.EmbeddingTask;
import dev.brigade.worker.backend.EmbeddingModel.InputType;
import dev.brigade.worker.backend.EmbeddingModel.Texts;
import dev.brigade.worker.backend.EmbeddingModel.Vectors;
import dev.brigade.worker.backend.LoadedModel;
import dev.brigade.worker.backend.MeterNames;
import dev.brigade.worker.backend.ModelLoadException;
import dev.brigade.worker.backend.Result;
import dev.brigade.worker.djl.TestingFolder;
import dev.brigade.worker.djl.TestingOnnx;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A real network of ONNX Runtime behind a real tokenizer, small enough to reckon its answers. */
@Timeout(60)
class TextEmbedderTest {

    private static final Duration LONG = Duration.ofSeconds(30);
    private static final int CLS = 2;
    private static final int SEP = 3;

    @TempDir Path root;
    private final List<LoadedModel> loaded = new ArrayList<>();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private TestingFolder folder;

    @BeforeEach
    void make() {
        folder = TestingFolder.ofEmbeddings(root);
    }

    @AfterEach
    void close() {
        loaded.forEach(LoadedModel::close);
    }

    @Test
    void aTextBecomesTheMeanOfItsTokensWithLengthOne() throws Exception {
        Vectors vectors = done(embed(model(), "two red"));

        assertThat(vectors.dimensions()).isEqualTo(WIDTH);
        assertThat(vectors.promptTokens()).isEqualTo(4);
        assertClose(vectors.vectors().getFirst(), unit(mean(CLS, word("two"), word("red"), SEP)));
    }

    @Test
    void factsSayWhatItIs() throws Exception {
        EmbeddingModel model = model();

        assertThat(model.dimensions()).isEqualTo(WIDTH);
        assertThat(model.facts().dimensions()).hasValue(WIDTH);
        assertThat(model.facts().contextLength()).as("the folder's own").isEqualTo(64);
        assertThat(model.facts().capabilities()).containsExactlyInAnyOrder("embedding", "rerank");
        assertThat(model.facts().parameters()).hasValue(13 * WIDTH);
        assertThat(model.facts().fileDigest()).matches("[0-9a-f]{64}");
        assertThat(model.health()).isEqualTo(LoadedModel.Health.READY);
    }

    @Test
    void textsOfAnyLengthInAnyOrderAreEmbeddedAsIfAlone() throws Exception {
        EmbeddingModel model = model();
        Random random = new Random(7);
        List<String> texts =
                IntStream.range(0, 300)
                        .mapToObj(_ -> words(random, 1 + random.nextInt(40)))
                        .toList();

        Vectors together = done(embed(model, texts.toArray(String[]::new)));

        assertThat(together.vectors()).hasSize(300);
        for (int i = 0; i < 300; i += 17) {
            assertClose(
                    together.vectors().get(i),
                    done(embed(model, texts.get(i))).vectors().getFirst());
        }
        assertThat(meters.get(MeterNames.BATCH_SIZE).summary().max())
                .as("they ran together")
                .isGreaterThan(8);
    }

    @Test
    void manyCallersAreServedAtOnce() throws Exception {
        EmbeddingModel model = model();
        Random random = new Random(9);
        List<String> texts =
                IntStream.range(0, 24)
                        .mapToObj(_ -> words(random, 1 + random.nextInt(20)))
                        .toList();
        List<CompletableFuture<Vectors>> calls =
                texts.stream()
                        .map(text ->
                                CompletableFuture.supplyAsync(
                                        () -> done(embed(model, text, text)),
                                        task -> Thread.ofPlatform().start(task)))
                        .toList();

        for (int i = 0; i < calls.size(); i++) {
            Vectors vectors = calls.get(i).join();
            assertClose(vectors.vectors().get(0), expected(texts.get(i)));
            assertClose(vectors.vectors().get(1), expected(texts.get(i)));
        }
    }

    @Test
    void aTextThatIsTooLongIsRefusedNotCut() throws Exception {
        EmbeddingModel model = model();
        String longest = "one ".repeat(62);

        assertThat(done(embed(model, longest)).promptTokens()).isEqualTo(64);
        assertThat(embed(model, "two", longest + "one"))
                .isEqualTo(
                        Result.failed(
                                ErrorCode.CONTEXT_LENGTH_EXCEEDED,
                                "text 1 has 65 tokens; this model takes at most 64 tokens"));
        assertThat(embed(model, "x".repeat(1 << 20)))
                .isEqualTo(
                        Result.failed(
                                ErrorCode.CONTEXT_LENGTH_EXCEEDED,
                                "text 0 has 1048576 characters; this model takes at most 64 tokens"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\u0000", "\ud800", "\udc00\ud800 one", "🙂", "\uffff\ufffe", "é"})
    void oddTextsDoNoHarm(String text) throws Exception {
        EmbeddingModel model = model();
        assertThat(done(embed(model, text)).vectors()).hasSize(1);
        assertClose(done(embed(model, "one")).vectors().getFirst(), expected("one"));
    }

    @Test
    void fewerDimensionsAreCutAndScaledAnew() throws Exception {
        EmbeddingModel model = model();
        Vectors vectors = done(model.embed(task(3, "two red"), new Cancellation(), LONG));
        float[] whole = expected("two red");

        assertThat(vectors.dimensions()).isEqualTo(3);
        assertClose(vectors.vectors().getFirst(), unit(new float[] {whole[0], whole[1], whole[2]}));
        for (int wrong : new int[] {0, -1, WIDTH + 1}) {
            assertThat(model.embed(task(wrong, "two"), new Cancellation(), LONG))
                    .isEqualTo(
                            Result.failed(
                                    ErrorCode.INVALID_REQUEST,
                                    "dimensions must be 1 to 8, not " + wrong));
        }
    }

    @Test
    void tokensAreTakenWithOrWithoutTheirFrame() throws Exception {
        EmbeddingModel model = model();
        float[] expected = expected("two red");

        Vectors bare = done(tokens(model, new int[] {word("two"), word("red")}));
        Vectors framed = done(tokens(model, new int[] {CLS, word("two"), word("red"), SEP}));

        assertClose(bare.vectors().getFirst(), expected);
        assertClose(framed.vectors().getFirst(), expected);
        assertThat(bare.promptTokens()).isEqualTo(4);
    }

    @Test
    void tokensThatTheModelDoesNotHaveAreRefused() throws Exception {
        EmbeddingModel model = model();
        for (int wrong : new int[] {-1, 13}) {
            assertThat(tokens(model, new int[] {5}, new int[] {wrong}))
                    .isEqualTo(
                            Result.failed(
                                    ErrorCode.INVALID_REQUEST,
                                    "text 1 has a token outside 0 to 12"));
        }
        assertThat(tokens(model, new int[0]))
                .isEqualTo(Result.failed(ErrorCode.INVALID_REQUEST, "text 0 has no tokens"));
        assertThat(tokens(model, new int[63]))
                .isEqualTo(
                        Result.failed(
                                ErrorCode.CONTEXT_LENGTH_EXCEEDED,
                                "text 0 has 65 tokens; this model takes at most 64 tokens"));
    }

    @Test
    void anInputThatBreaksTheNetworkFailsItsOwnCallOnly() throws Exception {
        folder.file("config.json", "{\"max_position_embeddings\": 64}"); // says no vocabulary
        EmbeddingModel model = model();
        List<CompletableFuture<Result<Vectors>>> calls =
                IntStream.range(0, 12)
                        .mapToObj(i ->
                                CompletableFuture.supplyAsync(
                                        () ->
                                                i == 5
                                                        ? tokens(model, new int[] {99})
                                                        : embed(model, "two red"),
                                        task -> Thread.ofPlatform().start(task)))
                        .toList();

        for (int i = 0; i < calls.size(); i++) {
            if (i == 5) {
                assertThat(calls.get(i).join())
                        .isEqualTo(
                                Result.failed(
                                        ErrorCode.ENGINE_ERROR,
                                        "the model could not work on this input"));
            } else {
                assertClose(done(calls.get(i).join()).vectors().getFirst(), expected("two red"));
            }
        }
    }

    @Test
    void promptsOfTheFolderGoBeforeQueriesAndDocuments() throws Exception {
        folder.file(
                "config_sentence_transformers.json",
                "{\"prompts\": {\"query\": \"green \", \"passage\": \"blue \"}}");
        EmbeddingModel model = model();

        assertClose(done(typed(model, InputType.NONE)).vectors().getFirst(), expected("one"));
        assertClose(
                done(typed(model, InputType.QUERY)).vectors().getFirst(), expected("green one"));
        assertClose(
                done(typed(model, InputType.DOCUMENT)).vectors().getFirst(), expected("blue one"));
    }

    @Test
    void theConfigurationGoesBeforeTheFolder() throws Exception {
        folder.file("1_Pooling/config.json", "{\"pooling_mode_mean_tokens\": true}")
                .file(
                        "config_sentence_transformers.json",
                        "{\"prompts\": {\"query\": \"green \"}}");
        EmbeddingModel model =
                model(
                        new EmbeddingOptions(
                                Optional.of(Pooling.LAST),
                                Optional.of(false),
                                Optional.of("red "),
                                Optional.empty()));

        Vectors vectors = done(typed(model, InputType.QUERY));
        assertClose(vectors.vectors().getFirst(), vector(SEP));
        assertThat(vectors.promptTokens()).isEqualTo(4);
    }

    @Test
    void theFirstTokenIsTheTextWhereTheFolderSaysSo() throws Exception {
        folder.file("1_Pooling/config.json", "{\"pooling_mode_cls_token\": true}")
                .file(
                        "modules.json",
                        "[{\"type\": \"sentence_transformers.models.Transformer\"},"
                                + "{\"type\": \"sentence_transformers.models.Pooling\"}]");

        assertClose(done(embed(model(), "one", "two red")).vectors().get(1), vector(CLS));
    }

    @Test
    void aModelThatPoolsItselfIsLeftToDoSo() throws Exception {
        folder.network(
                TestingFolder.embeddings()
                        .output("last_hidden_state", FLOAT, FREE, FREE, WIDTH)
                        .output("sentence_embedding", FLOAT, FREE, WIDTH)
                        .numbers("axis", 1)
                        .weights("minus", new float[] {-1}, 1)
                        .node("Gather", List.of("table", "input_ids"), "last_hidden_state")
                        .node(
                                "ReduceSum",
                                List.of("last_hidden_state", "axis"),
                                "zero",
                                "keepdims",
                                0)
                        .node("Mul", List.of("zero", "minus"), "sentence_embedding"));

        float[] expected = expected("one");
        for (int i = 0; i < WIDTH; i++) {
            expected[i] = -expected[i];
        }
        assertClose(done(embed(model(), "one")).vectors().getFirst(), expected);
    }

    @Test
    void allInputsThatAModelMayDeclareAreGiven() throws Exception {
        folder.network(
                TestingFolder.embeddings()
                        .input("token_type_ids", TestingOnnx.INT64, FREE, FREE)
                        .input("position_ids", TestingOnnx.INT64, FREE, FREE)
                        .output("token_embeddings", FLOAT, FREE, FREE, WIDTH)
                        .node("Add", List.of("input_ids", "token_type_ids"), "ids")
                        .node("Sub", List.of("ids", "position_ids"), "less")
                        .node("Add", List.of("less", "position_ids"), "same")
                        .node("Gather", List.of("table", "same"), "token_embeddings"));

        assertClose(done(embed(model(), "two red")).vectors().getFirst(), expected("two red"));
    }

    @Test
    void whatCannotBeGivenIsRefusedAtLoad() {
        folder.network(
                TestingFolder.embeddings()
                        .input("past_key_values", FLOAT, FREE, FREE)
                        .output("last_hidden_state", FLOAT, FREE, FREE, WIDTH)
                        .node("Gather", List.of("table", "input_ids"), "last_hidden_state"));

        assertThatThrownBy(this::model)
                .isInstanceOf(ModelLoadException.class)
                .hasMessageStartingWith("model folder " + root)
                .hasMessageContaining("past_key_values FLOAT [?, ?] cannot be given");
    }

    @Test
    void aCancelledOrLateCallEnds() throws Exception {
        EmbeddingModel model = model();
        Cancellation cancelled = new Cancellation();
        cancelled.cancel();

        assertThat(model.embed(task(WIDTH, "one"), cancelled, LONG)).isEqualTo(Result.cancelled());
        assertThat(model.embed(task(WIDTH, "one"), new Cancellation(), Duration.ZERO))
                .matches(result ->
                        result instanceof Result.Failed<Vectors> failed
                                && failed.code() == ErrorCode.DEADLINE_EXCEEDED);
        assertThat(done(embed(model, "one")).vectors()).hasSize(1);
    }

    @Test
    void aClosedModelTakesNoMoreCalls() throws Exception {
        EmbeddingModel model = model();
        model.close();
        model.close();

        assertThat(embed(model, "one"))
                .isEqualTo(Result.failed(ErrorCode.WORKER_STOPPING, "the model is being unloaded"));
    }

    private EmbeddingModel model() throws ModelLoadException, InterruptedException {
        return model(EmbeddingOptions.DEFAULT);
    }

    private EmbeddingModel model(EmbeddingOptions embedding)
            throws ModelLoadException, InterruptedException {
        ModelOptions defaults = ModelOptions.DEFAULT;
        ModelOptions options =
                new ModelOptions(
                        defaults.engine(),
                        defaults.device(),
                        defaults.batch(),
                        defaults.classify(),
                        embedding,
                        defaults.remote());
        LoadedModel model = folder.load(options, new BackendContext(meters, _ -> {}));
        loaded.add(model);
        return (EmbeddingModel) model;
    }

    private static EmbeddingTask task(int dimensions, String... texts) {
        return new EmbeddingTask(
                "id",
                new Texts.Strings(List.of(texts)),
                InputType.NONE,
                OptionalInt.of(dimensions),
                Priority.NORMAL);
    }

    private static Result<Vectors> embed(EmbeddingModel model, String... texts) {
        return model.embed(task(WIDTH, texts), new Cancellation(), LONG);
    }

    private static Result<Vectors> typed(EmbeddingModel model, InputType type) {
        return model.embed(
                new EmbeddingTask(
                        "id",
                        new Texts.Strings(List.of("one")),
                        type,
                        OptionalInt.empty(),
                        Priority.NORMAL),
                new Cancellation(),
                LONG);
    }

    private static Result<Vectors> tokens(EmbeddingModel model, int[]... texts) {
        return model.embed(
                new EmbeddingTask(
                        "id",
                        new Texts.Tokens(List.of(texts)),
                        InputType.NONE,
                        OptionalInt.empty(),
                        Priority.NORMAL),
                new Cancellation(),
                LONG);
    }

    private static Vectors done(Result<Vectors> result) {
        if (result instanceof Result.Done<Vectors>(Vectors vectors)) {
            return vectors;
        }
        throw new AssertionError("no vectors but " + result);
    }

    private static String words(Random random, int count) {
        return String.join(
                " ", Stream.generate(() -> WORDS.get(random.nextInt(8))).limit(count).toList());
    }

    private static int word(String word) {
        return FIRST_WORD + WORDS.indexOf(word);
    }

    private static float[] expected(String text) {
        IntStream words = Stream.of(text.split(" ")).mapToInt(TextEmbedderTest::word);
        return unit(
                mean(
                        IntStream.concat(
                                        IntStream.concat(IntStream.of(CLS), words),
                                        IntStream.of(SEP))
                                .toArray()));
    }

    private static float[] mean(int... tokens) {
        float[] sum = new float[WIDTH];
        for (int token : tokens) {
            for (int i = 0; i < WIDTH; i++) {
                sum[i] += vector(token)[i] / tokens.length;
            }
        }
        return sum;
    }

    private static float[] unit(float[] vector) {
        double squares = 0;
        for (float number : vector) {
            squares += number * number;
        }
        for (int i = 0; i < vector.length; i++) {
            vector[i] /= (float) Math.sqrt(squares);
        }
        return vector;
    }

    private static void assertClose(float[] vector, float[] expected) {
        assertThat(vector).hasSameSizeAs(expected);
        for (int i = 0; i < expected.length; i++) {
            assertThat(vector[i]).isCloseTo(expected[i], within(1e-5f));
        }
    }
}
