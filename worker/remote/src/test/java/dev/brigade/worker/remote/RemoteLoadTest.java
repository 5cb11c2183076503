package dev.brigade.worker.remote;

import static dev.brigade.worker.remote.TestingServer.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.brigade.config.EmbeddingOptions;
import dev.brigade.config.RemoteOptions;
import dev.brigade.worker.backend.Backend;
import dev.brigade.worker.backend.BackendContext;
import dev.brigade.worker.backend.EmbeddingModel;
import dev.brigade.worker.backend.LoadedModel;
import dev.brigade.worker.backend.LoadedModel.Health;
import dev.brigade.worker.backend.ModelLoadException;
import dev.brigade.worker.backend.RankingModel;
import dev.brigade.worker.backend.TextModel;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class RemoteLoadTest {

    private TestingServer server;

    @BeforeEach
    void start() throws IOException {
        server = new TestingServer();
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @Test
    void theBackendIsFoundByItsName() {
        assertThat(ServiceLoader.load(Backend.class).stream().map(p -> p.get().name()))
                .contains("remote");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"data\":[{\"id\":\"other\"},{\"id\":\"org/model\"}]}",
                "{\"data\":[]}",
                "{\"models\":[]}",
                "no JSON",
            })
    void aServerThatNamesTheModelOrNoneIsTaken(String models) throws Exception {
        server.on("/models", json(200, models));

        try (LoadedModel model = TestingRemote.load(server.url(), "chat")) {
            assertThat(model.health()).isEqualTo(Health.READY);
            assertThat(model.facts().contextLength()).isEqualTo(4_096);
            assertThat(model.facts().capabilities()).containsOnly("chat");
        }
    }

    @Test
    void aServerThatListsNothingIsTaken() throws Exception {
        server.on("/models", json(404, "{}"));

        try (LoadedModel model = TestingRemote.load(server.url(), "chat")) {
            assertThat(model.health()).isEqualTo(Health.READY);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "200 | {\"data\":[{\"id\":\"a\"},{\"id\":\"b\"}]} | has no model org/model; it has a, b",
                "401 | {} | refuses access (HTTP 401)",
                "403 | {} | refuses access (HTTP 403)",
            })
    void aServerThatSaysNoFailsTheLoad(int status, String models, String reason) {
        server.on("/models", json(status, models));

        assertThatThrownBy(() -> TestingRemote.load(server.url(), "chat"))
                .isInstanceOf(ModelLoadException.class)
                .hasMessage("the server %s of model far %s".formatted(server.url(), reason));
    }

    @Test
    void aServerThatIsNotYetThereIsWaitedFor() throws Exception {
        int port = server.port();
        server.close();

        try (LoadedModel model = TestingRemote.load(server.url(), "chat")) {
            assertThat(model.health()).isEqualTo(Health.RESTARTING);
            server = new TestingServer(port);
            server.on(
                    "/models",
                    json(503, "{}"),
                    json(200, "{\"data\":[{\"id\":\"other\"}]}"),
                    json(200, "{\"data\":[{\"id\":\"org/model\"}]}"));

            await().until(() -> model.health() == Health.READY);
            assertThat(server.requests("/models")).hasSizeGreaterThanOrEqualTo(3);
        }
    }

    @ParameterizedTest
    @CsvSource({"'', is not set", "'a\u0007b', holds no API key"})
    void aMissingKeyFailsTheLoadAndIsNotShown(String value, String reason) {
        RemoteOptions options =
                new RemoteOptions(
                        server.url(),
                        Optional.empty(),
                        Optional.of("MODEL_KEY"),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(1),
                        Set.of("chat"));

        assertThatThrownBy(() ->
                        TestingRemote.backend(Map.of("MODEL_KEY", value))
                                .load(
                                        TestingRemote.spec(options, EmbeddingOptions.DEFAULT),
                                        BackendContext.alone()))
                .isInstanceOf(ModelLoadException.class)
                .hasMessage(
                        "environment variable MODEL_KEY, which holds the API key of model far, "
                                + reason);
    }

    @Test
    void aModelIsWhatItsCapabilitiesSay() throws Exception {
        server.on("/models", json(404, ""))
                .on("/embeddings", json(200, "{\"data\":[{\"embedding\":[1,2,3]}]}"));

        try (LoadedModel texts = TestingRemote.load(server.url(), "classify", "image_input");
                LoadedModel vectors = TestingRemote.load(server.url(), "embedding");
                LoadedModel both = TestingRemote.load(server.url(), "embedding", "rerank");
                LoadedModel scores = TestingRemote.load(server.url(), "rerank");
                LoadedModel all = TestingRemote.load(server.url(), "chat", "embedding", "rerank")) {
            assertThat(texts)
                    .isInstanceOf(TextModel.class)
                    .isNotInstanceOfAny(EmbeddingModel.class, RankingModel.class);
            assertThat(texts.facts().labels()).containsExactly("technical", "discard");
            assertThat(vectors)
                    .isInstanceOf(EmbeddingModel.class)
                    .isNotInstanceOfAny(TextModel.class, RankingModel.class);
            assertThat(vectors.facts().dimensions()).hasValue(3);
            assertThat(vectors.facts().capabilities()).containsOnly("embedding", "rerank");
            assertThat(both).isInstanceOf(EmbeddingModel.class).isInstanceOf(RankingModel.class);
            assertThat(scores)
                    .isInstanceOf(RankingModel.class)
                    .isNotInstanceOf(EmbeddingModel.class);
            assertThat(all)
                    .isInstanceOf(TextModel.class)
                    .isInstanceOf(EmbeddingModel.class)
                    .isInstanceOf(RankingModel.class);
        }
    }

    @Test
    void anEmbeddingModelThatEmbedsNothingFailsTheLoad() {
        server.on("/models", json(404, "")).on("/embeddings", json(404, ""));

        assertThatThrownBy(() -> TestingRemote.load(server.url(), "embedding"))
                .isInstanceOf(ModelLoadException.class)
                .hasMessageContaining("embeds nothing: the model's server does not know the model");
    }
}
