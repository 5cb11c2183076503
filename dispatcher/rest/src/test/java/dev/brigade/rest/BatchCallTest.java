package dev.brigade.rest;

import static dev.brigade.rest.TestingBatch.broken;
import static dev.brigade.rest.TestingBatch.image;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.brigade.contract.error.ErrorCode;
import dev.brigade.schema.ImageBatchInput;
import dev.brigade.schema.ImageItem;
import dev.brigade.schema.ImageResult;
import dev.brigade.schema.InferenceRequest;
import dev.brigade.schema.Priority;
import dev.brigade.schema.ReplyStatus;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Batches with a JSON body: waited for, streamed, or sent off. */
class BatchCallTest extends ServerTest {

    private static final String PATH = "/api/v1/vision/classify/batch";
    private static final String TWO = "\"image_paths\":[\"a.png\",\"b.png\"]";

    @BeforeEach
    void play() {
        server.client.batchScript =
                batch -> {
                    batch.store();
                    batch.progress(1, 0, 2);
                    batch.part(image(1, "b.png", "discard"));
                    batch.part(broken(0, "a.png", ErrorCode.IMAGE_TRUNCATED));
                    batch.progress(1, 1, 2);
                    batch.done(1, 1);
                };
    }

    @Test
    void whoWaitsGetsAllResultsInTheOrderOfTheImages() {
        HttpResponse<String> response = server.post(PATH, "{" + TWO + "}");
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(response.body())
                .isEqualTo(
                        """
                        {"id":"%s","results":[\
                        {"index":0,"image_path":"a.png","classification":null,"raw_response":null,\
                        "confidence":null,"error":{"message":"no good","type":"invalid_request_error",\
                        "param":null,"code":"image_truncated"}},\
                        {"index":1,"image_path":"b.png","classification":"discard",\
                        "raw_response":null,"confidence":0.9,"error":null}],\
                        "total_images":2,"successful":1,"failed":1,"model_id":"vision",\
                        "processing_time_seconds":2.0,"images_per_second":1.5}\
                        """
                                .formatted(TestingClient.REQUEST_ID));
        assertThat(response.headers().firstValue("x-request-id"))
                .contains(TestingClient.REQUEST_ID);
    }

    @Test
    void aStreamHasProgressResultsASummaryAndAnEnd() {
        HttpResponse<String> response = server.post(PATH, "{" + TWO + ",\"stream\":true}");
        assertThat(response.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("text/event-stream"));
        assertThat(response.body())
                .isEqualTo(
                        """
                        event: progress
                        data: {"done":1,"failed":0,"total":2,"images_per_second":12.5,\
                        "remaining_ms":800}

                        id: 1
                        event: results
                        data: [{"index":1,"image_path":"b.png","classification":"discard",\
                        "raw_response":null,"confidence":0.9,"error":null}]

                        id: 2
                        event: results
                        data: [{"index":0,"image_path":"a.png","classification":null,\
                        "raw_response":null,"confidence":null,"error":{"message":"no good",\
                        "type":"invalid_request_error","param":null,"code":"image_truncated"}}]

                        event: progress
                        data: {"done":1,"failed":1,"total":2,"images_per_second":12.5,\
                        "remaining_ms":800}

                        event: summary
                        data: {"id":"%s","status":"completed","model_id":"vision",\
                        "total_images":2,"successful":1,"failed":1,"labels":{"technical":1},\
                        "processing_time_seconds":2.0,"images_per_second":1.5}

                        data: [DONE]

                        """
                                .formatted(TestingClient.REQUEST_ID));
    }

    @Test
    void aStreamOfABatchThatIsCancelledTellsWhatWasDoneAndWhyItEnds() {
        server.client.batchScript =
                batch -> {
                    batch.part(image(0, "a.png", "technical"));
                    batch.end(
                            TestingBatch.ended(
                                    TestingClient.REQUEST_ID,
                                    ReplyStatus.CANCELLED,
                                    TestingBatch.summary(1, 0, 2, 1)));
                };
        String body = server.post(PATH, "{" + TWO + ",\"stream\":true}").body();
        assertThat(body)
                .contains("event: summary\ndata: {\"id\":\"", "\"status\":\"cancelled\"")
                .contains("\"code\":\"cancelled\"")
                .doesNotContain("[DONE]");
    }

    @Test
    void aBatchThatFailsBeforeAnyResultHasAStatus() {
        server.client.batchScript =
                batch -> batch.fail(ErrorCode.INVALID_MANIFEST, "manifest", "line 3 is no object");
        for (String mode : List.of("", ",\"stream\":true", ",\"async\":true")) {
            HttpResponse<String> response = server.post(PATH, "{" + TWO + mode + "}");
            assertThat(response.statusCode()).isEqualTo(400);
            assertThat(code(response)).isEqualTo("invalid_manifest");
        }
    }

    @Test
    void whoSendsOffIsToldWhereToLookOnceTheBatchIsStored() {
        server.client.batchScript =
                batch -> {
                    batch.store();
                    batch.awaitLeft();
                };
        HttpResponse<String> response = server.post(PATH, "{" + TWO + ",\"async\":true}");
        assertThat(response.statusCode()).isEqualTo(202);
        String batch = "/api/v1/vision/batches/" + TestingClient.REQUEST_ID;
        assertThat(response.headers().firstValue("Location")).contains(batch);
        assertThat(response.body())
                .isEqualTo(
                        """
                        {"id":"%s","object":"image.batch","status":"queued","status_url":"%s",\
                        "results_url":"%s/results","stream_url":"%s/stream"}\
                        """
                                .formatted(TestingClient.REQUEST_ID, batch, batch, batch));
        assertThat(server.client.cancelled).isEmpty();
    }

    @Test
    void allFieldsGoIntoTheRequest() {
        server.post(
                PATH,
                """
                {"images":[{"image_path":"a.png"},{"image_base64":"YWJj","name":"mine"}],\
                "prompt":"Which?","allow_uncertain":true,"resize_image":false,"max_tokens":9,\
                "temperature":0.5,"model":"moondream2","deadline_ms":60000,"priority":"high",\
                "idempotency_key":"k","metadata":{"a":"b"}}\
                """);
        InferenceRequest request = server.client.batches.getLast();
        ImageBatchInput input = (ImageBatchInput) request.getInput();
        assertThat(input.getItems())
                .containsExactly(
                        ImageItem.newBuilder().setPath("a.png").build(),
                        ImageItem.newBuilder()
                                .setImage(ByteBuffer.wrap("abc".getBytes(UTF_8)))
                                .setName("mine")
                                .build());
        assertThat(input.getPrompt()).isEqualTo("Which?");
        assertThat(input.getAllowUncertain()).isTrue();
        assertThat(input.getResizeImage()).isFalse();
        assertThat(request.getSampling().getMaxTokens()).isEqualTo(9);
        assertThat(request.getModel()).isEqualTo("moondream2");
        assertThat(request.getDeadlineMs()).isEqualTo(60_000);
        assertThat(request.getPriority()).isEqualTo(Priority.HIGH);
        assertThat(request.getIdempotencyKey()).isEqualTo("k");
        assertThat(request.getMetadata()).containsEntry("a", "b");
    }

    @Test
    void aBatchIsOfTheLowClassAndHasTheClientsDeadlineUnlessToldOtherwise() {
        server.post(PATH, "{\"glob\":\"scans/**/*.png\"}");
        InferenceRequest request = server.client.batches.getLast();
        assertThat(((ImageBatchInput) request.getInput()).getGlob()).isEqualTo("scans/**/*.png");
        assertThat(request.getPriority()).isEqualTo(Priority.LOW);
        assertThat(request.getDeadlineMs()).isNull();
    }

    static Stream<Arguments> badBodies() {
        return Stream.of(
                Arguments.of("", "images", "no_images"),
                Arguments.of("\"images\":[]", "images", "no_images"),
                Arguments.of("\"image_paths\":[]", "images", "no_images"),
                Arguments.of(TWO + ",\"glob\":\"*\"", "images", "image_source_invalid"),
                Arguments.of("\"images\":\"a\"", "images", "invalid_request"),
                Arguments.of("\"images\":[\"a\"]", "images[0]", "invalid_request"),
                Arguments.of(
                        "\"images\":[{\"name\":\"a\"}]",
                        "images[0].image_path",
                        "image_source_invalid"),
                Arguments.of(
                        "\"images\":[{\"image_path\":\"a\",\"image_base64\":\"YQ==\"}]",
                        "images[0].image_path",
                        "image_source_invalid"),
                Arguments.of(
                        "\"images\":[{\"image_path\":\"a\"},{\"image_base64\":\"?\"}]",
                        "images[1].image_base64",
                        "invalid_base64"),
                Arguments.of(
                        "\"images\":[{\"image_path\":\"a\",\"x\":1}]",
                        "images[0].x",
                        "unsupported_field"),
                Arguments.of(
                        "\"images\":[{\"image_path\":\"a\",\"name\":\"" + "n".repeat(1001) + "\"}]",
                        "images[0].name",
                        "invalid_request"),
                Arguments.of("\"image_paths\":[5]", "image_paths[0]", "invalid_request"),
                Arguments.of(
                        "\"async\":true,\"image_paths\":[" + "\"a\",".repeat(100_000) + "\"a\"]",
                        "image_paths",
                        "too_many_images"),
                Arguments.of(
                        "\"image_paths\":[" + "\"a\",".repeat(1000) + "\"a\"]",
                        "images",
                        "too_many_images"),
                Arguments.of("\"glob\":\"../*\"", "glob", "path_traversal"),
                Arguments.of("\"glob\":\"[\"", "glob", "invalid_request"),
                Arguments.of(TWO + ",\"stream\":true,\"async\":true", "async", "invalid_request"),
                Arguments.of(TWO + ",\"stream\":1", "stream", "invalid_request"),
                Arguments.of(TWO + ",\"max_tokens\":5000", "max_tokens", "invalid_request"),
                Arguments.of(TWO + ",\"deadline_ms\":0", "deadline_ms", "invalid_request"),
                Arguments.of(TWO + ",\"preset\":\"D1\"", "preset", "unsupported_field"));
    }

    @ParameterizedTest
    @MethodSource("badBodies")
    void aBadBodyIsRefusedByTheNameOfItsField(String fields, String param, String code) {
        JsonNode error = TestServer.json(server.post(PATH, "{" + fields + "}")).get("error");
        assertThat(error.get("code").stringValue()).isEqualTo(code);
        assertThat(error.get("param").stringValue()).isEqualTo(param);
        assertThat(server.client.batches).isEmpty();
    }

    @Test
    void aThousandImagesAreAnsweredAtOnce() {
        server.client.batchScript =
                batch -> {
                    batch.progress(0, 0, 1000);
                    for (int from = 900; from >= 0; from -= 100) {
                        batch.part(
                                IntStream.range(from, from + 100)
                                        .mapToObj(i -> image(i, i + ".png", "technical"))
                                        .toArray(ImageResult[]::new));
                    }
                    batch.done(1000, 0);
                };
        JsonNode answer = TestServer.json(server.post(PATH, "{\"glob\":\"*\"}"));
        assertThat(answer.get("results").size()).isEqualTo(1000);
        assertThat(answer.at("/results/999/image_path").stringValue()).isEqualTo("999.png");
    }

    @Test
    void moreThanAThousandThatAPatternFindsAreNotWaitedForAndCancelled() {
        server.client.batchScript =
                batch -> {
                    batch.progress(0, 0, 1001);
                    batch.awaitLeft();
                };
        HttpResponse<String> response = server.post(PATH, "{\"glob\":\"*\"}");
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(code(response)).isEqualTo("too_many_images");
        assertThat(server.client.cancelled).containsExactly(TestingClient.REQUEST_ID);
    }

    @Test
    void moreThanAThousandMayBeStreamed() {
        server.client.batchScript =
                batch -> {
                    batch.progress(0, 0, 1001);
                    batch.done(1001, 0);
                };
        String body = server.post(PATH, "{\"glob\":\"*\",\"stream\":true}").body();
        assertThat(body).endsWith("data: [DONE]\n\n");
    }

    @Test
    void aSilenceIsFilledWithComments() {
        try (TestServer quick = new TestServer("brigade.rest.keep-alive=100ms").connected()) {
            quick.client.batchScript = TestingBatch::awaitLeft;
            try (Stream<String> lines = quick.lines(PATH, "{" + TWO + ",\"stream\":true}")) {
                assertThat(lines.findFirst()).contains(": keep-alive");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",\"stream\":true"})
    void whoHangsUpCancelsTheBatch(String mode) throws Exception {
        CountDownLatch taken = new CountDownLatch(1);
        server.client.batchScript =
                batch -> {
                    taken.countDown();
                    batch.awaitLeft();
                };
        try (Socket _ = server.postAndWait(PATH, "{" + TWO + mode + "}")) {
            assertThat(taken.await(5, TimeUnit.SECONDS)).isTrue();
        }
        await().until(() -> !server.client.cancelled.isEmpty());
    }

    private static String code(HttpResponse<String> response) {
        return TestServer.json(response).at("/error/code").stringValue();
    }
}
