package dev.brigade.worker.remote;

import static dev.brigade.worker.remote.TestingServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.config.EmbeddingOptions;
import dev.brigade.contract.error.ErrorCode;
import dev.brigade.schema.Priority;
import dev.brigade.worker.backend.Cancellation;
import dev.brigade.worker.backend.EmbeddingModel;
import dev.brigade.worker.backend.EmbeddingModel.EmbeddingTask;
import dev.brigade.worker.backend.EmbeddingModel.InputType;
import dev.brigade.worker.backend.EmbeddingModel.Texts;
import dev.brigade.worker.backend.EmbeddingModel.Vectors;
import dev.brigade.worker.backend.LoadedModel;
import dev.brigade.worker.backend.RankingModel;
import dev.brigade.worker.backend.RankingModel.RankingTask;
import dev.brigade.worker.backend.Result;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class RemoteVectorTest {

    private static final Duration LIMIT = Duration.ofSeconds(50);
    private static final TestingServer.Script FIRST = one("[3,4]");

    private final List<LoadedModel> loaded = new ArrayList<>();
    private TestingServer server;

    @BeforeEach
    void start() throws IOException {
        server = new TestingServer().on("/models", json(404, "")).on("/embeddings", FIRST);
    }

    @AfterEach
    void stop() throws IOException {
        loaded.forEach(LoadedModel::close);
        server.close();
    }

    @Test
    void manyTextsGoInSeveralCallsAndComeBackInTheirOrder() throws Exception {
        EmbeddingModel model = model();
        server.on(
                "/embeddings",
                json(
                        200,
                        """
                        {"data":[{"index":1,"embedding":[0.5,2]},{"index":0,"embedding":[1,1]}],
                         "usage":{"prompt_tokens":5}}\
                        """),
                json(200, "{\"data\":[{\"embedding\":[3,3]}],\"usage\":{\"prompt_tokens\":2}}"));

        Vectors vectors = done(embed(model, new Texts.Strings(List.of("a", "b", "c"))));

        assertThat(vectors.vectors())
                .containsExactly(new float[] {1, 1}, new float[] {0.5f, 2}, new float[] {3, 3});
        assertThat(vectors.promptTokens()).isEqualTo(7);
        assertThat(vectors.dimensions()).isEqualTo(2);
    }

    @Test
    void vectorsMayComeAsBase64() throws Exception {
        EmbeddingModel model = model();
        server.on("/embeddings", one("\"AACAPwAAAMA=\""));

        assertThat(done(embed(model, new Texts.Strings(List.of("a")))).vectors())
                .containsExactly(new float[] {1, -2});
    }

    @Test
    void tokensAreSentAsTheyAre() throws Exception {
        EmbeddingModel model = model();

        Vectors vectors = done(embed(model, new Texts.Tokens(List.of(new int[] {1, 2, 3}))));

        assertThat(server.body("/embeddings").path("input")).hasToString("[[1,2,3]]");
        assertThat(vectors.promptTokens()).isEqualTo(3);
    }

    @Test
    void promptsGoBeforeTextsAndVectorsGetTheLengthOne() throws Exception {
        EmbeddingOptions options =
                new EmbeddingOptions(
                        Optional.empty(),
                        Optional.of(true),
                        Optional.of("query: "),
                        Optional.of("passage: "));
        EmbeddingModel model =
                (EmbeddingModel)
                        kept(TestingRemote.load(server.url(), LIMIT, options, "embedding"));

        Vectors vectors =
                done(
                        model.embed(
                                new EmbeddingTask(
                                        "id",
                                        new Texts.Strings(List.of("a")),
                                        InputType.QUERY,
                                        OptionalInt.empty(),
                                        Priority.NORMAL),
                                new Cancellation(),
                                LIMIT));

        assertThat(server.body("/embeddings").path("input")).hasToString("[\"query: a\"]");
        assertThat(vectors.vectors()).containsExactly(new float[] {0.6f, 0.8f});
    }

    @Test
    void dimensionsThatTheServerDoesNotGiveAreRefused() throws Exception {
        Result<Vectors> result =
                model().embed(
                                new EmbeddingTask(
                                        "id",
                                        new Texts.Strings(List.of("a")),
                                        InputType.NONE,
                                        OptionalInt.of(1),
                                        Priority.NORMAL),
                                new Cancellation(),
                                LIMIT);

        assertThat(server.body("/embeddings").path("dimensions").intValue()).isEqualTo(1);
        assertThat(code(result)).isEqualTo(ErrorCode.INVALID_REQUEST);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"data\":[]}",
                "{\"data\":[{\"embedding\":[]}]}",
                "{\"data\":[{\"embedding\":[\"x\"]}]}",
                "{\"data\":[{\"embedding\":[1e99]}]}",
                "{\"data\":[{\"embedding\":\"??\"}]}",
                "{\"data\":[{\"index\":4,\"embedding\":[1]}]}",
                "[",
                "1",
            })
    void whatIsNoVectorFails(String answer) throws Exception {
        EmbeddingModel model = model();
        server.on("/embeddings", json(200, answer));

        assertThat(code(embed(model, new Texts.Strings(List.of("a")))))
                .isEqualTo(ErrorCode.ENGINE_ERROR);
    }

    @Test
    void aTextThatIsTooLongIsCalledThat() throws Exception {
        EmbeddingModel model = model();
        server.on(
                "/embeddings",
                json(413, "{\"error\":\"`inputs` must have less than 512 tokens. Given: 600\"}"));

        assertThat(code(embed(model, new Texts.Strings(List.of("a")))))
                .isEqualTo(ErrorCode.CONTEXT_LENGTH_EXCEEDED);
    }

    @Test
    void aRerankersScoresComeInTheOrderOfTheDocuments() throws Exception {
        RankingModel model = (RankingModel) kept(TestingRemote.load(server.url(), "rerank"));
        server.on(
                "/rerank",
                json(
                        200,
                        """
                        {"results":[{"index":1,"relevance_score":0.9},{"index":0,"relevance_score":-2}],
                         "usage":{"total_tokens":12}}\
                        """));

        var scores = done(model.rank(task(), new Cancellation(), LIMIT));

        assertThat(scores.scores()).containsExactly(-2, 0.9);
        assertThat(scores.promptTokens()).isEqualTo(12);
        assertThat(server.body("/rerank").path("documents")).hasToString("[\"a\",\"b\"]");
    }

    @Test
    void aScoreThatIsMissingFails() throws Exception {
        RankingModel model = (RankingModel) kept(TestingRemote.load(server.url(), "rerank"));
        server.on("/rerank", json(200, "{\"results\":[{\"index\":1,\"relevance_score\":0.9}]}"));

        assertThat(code(model.rank(task(), new Cancellation(), LIMIT)))
                .isEqualTo(ErrorCode.ENGINE_ERROR);
    }

    private static RankingTask task() {
        return new RankingTask("id", "q", List.of("a", "b"), Priority.NORMAL);
    }

    private static TestingServer.Script one(String vector) {
        return json(200, "{\"data\":[{\"index\":0,\"embedding\":" + vector + "}]}");
    }

    private EmbeddingModel model() throws Exception {
        return (EmbeddingModel) kept(TestingRemote.load(server.url(), "embedding"));
    }

    private static Result<Vectors> embed(EmbeddingModel model, Texts texts) {
        return model.embed(
                new EmbeddingTask(
                        "id", texts, InputType.NONE, OptionalInt.empty(), Priority.NORMAL),
                new Cancellation(),
                LIMIT);
    }

    private LoadedModel kept(LoadedModel model) {
        loaded.add(model);
        return model;
    }

    private static <T> T done(Result<T> result) {
        return ((Result.Done<T>) result).value();
    }

    private static ErrorCode code(Result<?> result) {
        return ((Result.Failed<?>) result).code();
    }
}
