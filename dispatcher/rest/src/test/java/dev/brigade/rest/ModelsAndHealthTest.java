package dev.brigade.rest;

import static dev.brigade.rest.Models.model;
import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.client.BrigadeException;
import dev.brigade.client.Failure;
import dev.brigade.client.ModelInfo;
import dev.brigade.contract.error.ErrorCode;
import dev.brigade.rest.config.BrigadeConnection;
import dev.brigade.schema.ModelDescription;
import dev.brigade.schema.ModelState;
import dev.brigade.schema.WorkerStatus;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ModelsAndHealthTest {

    private TestServer server;

    @BeforeAll
    void start() {
        server = new TestServer("INFERENCE_CONFIG=D1").connected();
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @Test
    void modelsHaveOpenAisFieldsAndBrigades() {
        server.client.models =
                List.of(model("one", ModelState.LOADING, ModelState.READY), model("two"));
        String one =
                """
                {"id":"one","object":"model","created":5,"owned_by":"brigade","status":"loaded",\
                "memory_mb":8,"context_length":512,"roles":["primary"],"capabilities":["chat"]}\
                """;
        String two = one.replace("one", "two").replace("loaded", "offline");
        assertThat(server.get("/v1/models").body())
                .isEqualTo(
                        "{\"object\":\"list\",\"data\":[%s,%s],\"config\":\"D1\","
                                        .formatted(one, two)
                                + "\"orchestration_mode\":\"single\"}");
        assertThat(server.get("/v1/models/one").body()).isEqualTo(one);
    }

    @Test
    void aModelTellsItsLabelsAndTheLengthOfItsVectors() {
        ModelInfo classifier = Models.classifier("vision", ModelState.READY);
        ModelInfo embedder =
                new ModelInfo(
                        ModelDescription.newBuilder(model("e5").description())
                                .setDimensions(96)
                                .build(),
                        List.of());
        server.client.models = List.of(classifier, embedder);
        assertThat(TestServer.json(server.get("/v1/models/vision")).get("labels").toString())
                .isEqualTo("[\"technical\",\"discard\"]");
        assertThat(TestServer.json(server.get("/api/v1/models/e5")).get("dimensions").intValue())
                .isEqualTo(96);
        assertThat(server.get("/api/v1/models/").body()).isEqualTo(server.get("/v1/models").body());
    }

    @Test
    void readyMeansConnectedAndOneModelLoaded() {
        server.client.models = List.of();
        assertNotReady("no worker is up", "0/0", "[]");
        server.client.workers = List.of(worker());
        assertNotReady("no model is loaded", "0/0", "[]");
        server.client.models = List.of(model("one", ModelState.LOADING), model("two"));
        assertNotReady("no model is loaded", "0/1", "[]");
        server.client.models =
                List.of(model("one", ModelState.READY), model("two", ModelState.LOADING));
        HttpResponse<String> ready = server.get("/health/ready");
        assertThat(ready.statusCode()).isEqualTo(200);
        assertThat(ready.body())
                .isEqualTo(
                        "{\"status\":\"ready\",\"loaded_models\":[\"one\"],\"config\":\"D1\","
                                + "\"orchestration_mode\":\"single\"}");
    }

    @Test
    void healthSaysWhoThisIs() {
        assertThat(server.get("/health").body())
                .matches(
                        "\\{\"status\":\"ok\",\"service\":\"brigade-rest\",\"version\":\"[0-9].*\"}");
    }

    @Test
    void withoutKafkaTheServerIsUpAndSaysWhatIsMissing() {
        BrigadeConnection connection =
                new BrigadeConnection(
                        () -> {
                            throw new BrigadeException(
                                    new Failure(
                                            null,
                                            ErrorCode.NOT_READY,
                                            "no broker answers",
                                            null,
                                            true,
                                            true,
                                            null));
                        },
                        Duration.ofMillis(10));
        try (TestServer alone = TestServer.withConnection(connection)) {
            Awaitility.await()
                    .untilAsserted(() ->
                            assertThat(alone.get("/health/ready").body())
                                    .contains("\"reason\":\"no broker answers\""));
            assertThat(alone.get("/health/ready").statusCode()).isEqualTo(503);
            assertThat(alone.get("/health").statusCode()).isEqualTo(200);
            HttpResponse<String> refused =
                    alone.post(
                            "/v1/chat/completions",
                            "{\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}");
            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(refused.headers().firstValue("retry-after")).isPresent();
            assertThat(refused.body()).contains("\"code\":\"not_ready\"", "no broker answers");
        }
    }

    private void assertNotReady(String reason, String progress, String loaded) {
        HttpResponse<String> response = server.get("/health/ready");
        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.headers().firstValue("retry-after")).isPresent();
        assertThat(response.body())
                .isEqualTo(
                        "{\"status\":\"not_ready\",\"reason\":\"%s\",\"progress\":\"%s\",\"loaded_models\":%s}"
                                .formatted(reason, progress, loaded));
    }

    private static WorkerStatus worker() {
        return WorkerStatus.newBuilder()
                .setWorkerId("w")
                .setHost("h")
                .setStartedAt(1)
                .setAt(2)
                .setTtlMs(10_000)
                .setModels(List.of())
                .setMemoryTotalMb(1)
                .setMemoryFreeMb(1)
                .build();
    }
}
