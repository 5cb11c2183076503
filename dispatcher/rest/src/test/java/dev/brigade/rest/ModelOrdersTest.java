package dev.brigade.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.client.BrigadeException;
import dev.brigade.client.Failure;
import dev.brigade.client.ModelInfo;
import dev.brigade.contract.error.ErrorCode;
import dev.brigade.schema.ModelState;
import dev.brigade.schema.WorkerModel;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Models are loaded and unloaded by calls. */
class ModelOrdersTest extends ServerTest {

    private static final ModelInfo.OnWorker FAILED =
            new ModelInfo.OnWorker(
                    "v", new WorkerModel("m", ModelState.FAILED, "no memory", 0, 0, 0, null));

    @BeforeEach
    void isReady() {
        becomes(ModelState.READY);
    }

    @Test
    void aLoadedModelIsToldWithWhereItCouldNotBeLoaded() {
        List<ModelInfo.OnWorker> on =
                Stream.concat(
                                Models.model("m", ModelState.READY).onWorkers().stream(),
                                Stream.of(FAILED))
                        .toList();
        server.client.outcome = () -> on;
        HttpResponse<String> response = server.post("/v1/models/m/load", "");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body())
                .isEqualTo(
                        """
                        {"id":"m","status":"loaded","message":"loaded on 1 of 2 workers; v: no memory"}\
                        """);
        assertThat(server.client.orders).containsExactly("load m");
    }

    @Test
    void whatGoesOnBehindTheAnswerIsAccepted() {
        becomes(ModelState.LOADING);
        HttpResponse<String> loading = server.post("/v1/models/m/load", "");
        assertThat(loading.statusCode()).isEqualTo(202);
        assertThat(TestServer.json(loading).get("status").stringValue()).isEqualTo("loading");

        becomes(ModelState.READY);
        HttpResponse<String> leaving = server.post("/v1/models/m/unload", "");
        assertThat(leaving.statusCode()).isEqualTo(202);
        assertThat(TestServer.json(leaving).get("status").stringValue()).isEqualTo("loaded");
    }

    @Test
    void anUnloadedModelIsAvailable() {
        becomes(ModelState.UNLOADED);
        String told =
                """
                {"id":"m","status":"available","message":"unloaded on 1 of 1 workers"}\
                """;
        HttpResponse<String> response = server.post("/v1/models/m/unload", "");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo(told);
        HttpResponse<String> deleted =
                server.send(server.request("/api/v1/models/local/m").DELETE());
        assertThat(deleted.body()).isEqualTo(told);
        assertThat(server.client.orders).containsExactly("unload m", "unload m");
    }

    @ParameterizedTest
    @EnumSource(names = {"MODEL_NOT_FOUND", "NO_CAPABLE_MODEL", "ENGINE_ERROR", "NOT_READY"})
    void aFailureHasItsStatusAndCode(ErrorCode code) {
        server.client.outcome =
                () -> {
                    throw new BrigadeException(
                            new Failure(null, code, "why", "model", false, true, null));
                };
        HttpResponse<String> response = server.post("/v1/models/m/load", "");
        assertThat(response.statusCode()).isEqualTo(code.httpStatus());
        assertThat(TestServer.json(response).at("/error/code").stringValue())
                .isEqualTo(code.wireName());
        assertThat(TestServer.json(response).at("/error/param").stringValue()).isEqualTo("model");
    }

    @Test
    void theOnlyClassifierNeedsNoName() {
        server.client.models =
                List.of(Models.classifier("vision", ModelState.UNLOADED), Models.model("chat"));
        assertThat(server.send(bodiless("/api/v1/vision/load")).statusCode()).isEqualTo(200);
        becomes(ModelState.UNLOADED);
        assertThat(server.post("/api/v1/vision/unload", "{}").statusCode()).isEqualTo(200);
        assertThat(server.client.orders).containsExactly("load vision", "unload vision");
    }

    @Test
    void oneOfSeveralClassifiersMustBeNamed() {
        server.client.models = List.of(Models.classifier("one"), Models.classifier("two"));
        HttpResponse<String> refused = server.send(bodiless("/api/v1/vision/load"));
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(TestServer.json(refused).at("/error/message").stringValue())
                .isEqualTo("model must be one of one, two");

        assertThat(server.post("/api/v1/vision/load", "{\"model\":\"two\"}").statusCode())
                .isEqualTo(200);
        assertThat(server.client.orders).containsExactly("load two");
        assertThat(server.post("/api/v1/vision/load", "{\"revision\":1}").statusCode())
                .isEqualTo(400);
    }

    @Test
    void withoutAClassifierThereIsNothingToLoad() {
        assertThat(server.send(bodiless("/api/v1/vision/load")).statusCode()).isEqualTo(404);
    }

    @Test
    void theLoadedModelsAreListed() {
        server.client.models =
                List.of(
                        Models.model("one", ModelState.READY),
                        Models.model("two", ModelState.UNLOADED));
        assertThat(TestServer.json(server.get("/api/v1/models/local/loaded")).get("data"))
                .singleElement()
                .extracting(model -> model.get("id").stringValue())
                .isEqualTo("one");
    }

    @Test
    void itCanBeSwitchedOff() {
        try (TestServer strict = new TestServer("BRIGADE_MODEL_CONTROL=false").connected()) {
            HttpResponse<String> refused = strict.post("/v1/models/m/unload", "");
            assertThat(refused.statusCode()).isEqualTo(403);
            assertThat(TestServer.json(refused).at("/error/code").stringValue())
                    .isEqualTo("model_control_off");
            assertThat(strict.client.orders).isEmpty();
        }
    }

    private void becomes(ModelState state) {
        server.client.outcome = () -> Models.model("m", state).onWorkers();
    }

    private java.net.http.HttpRequest.Builder bodiless(String path) {
        return server.request(path).POST(java.net.http.HttpRequest.BodyPublishers.noBody());
    }
}
