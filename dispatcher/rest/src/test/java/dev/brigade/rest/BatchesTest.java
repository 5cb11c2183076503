package dev.brigade.rest;

import static dev.brigade.rest.TestingBatch.broken;
import static dev.brigade.rest.TestingBatch.image;
import static dev.brigade.rest.TestingBatch.partOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.client.BatchProgress;
import dev.brigade.client.BatchState;
import dev.brigade.client.RequestState;
import dev.brigade.contract.error.ErrorCode;
import dev.brigade.schema.ImageBatchInput;
import dev.brigade.schema.InferenceRequest;
import dev.brigade.schema.Reply;
import dev.brigade.schema.ReplyStatus;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Batches that were sent earlier: status, results, stream, cancel. */
class BatchesTest extends ServerTest {

    private static final String ID = TestingClient.REQUEST_ID;
    private static final String BATCH = "/api/v1/vision/batches/" + ID;

    @BeforeEach
    void know() {
        server.client.knownBatches.put(ID, ended(ReplyStatus.COMPLETED));
        server.client.results =
                List.of(
                        partOf(ID, 0, image(2, "=c,\"x\".png", "technical")),
                        partOf(
                                ID,
                                1,
                                image(0, "a.png", "discard"),
                                broken(1, "b.png", ErrorCode.IMAGE_EMPTY)));
    }

    @Test
    void aBatchThatHasEndedTellsHow() {
        HttpResponse<String> response = server.get(BATCH);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body())
                .isEqualTo(
                        """
                        {"id":"%s","object":"image.batch","status":"completed",\
                        "model_id":"vision","created":1763632800,"finished":1763632802,\
                        "progress":{"done":2,"failed":1,"total":3,"images_per_second":1.5,\
                        "remaining_ms":0},"summary":{"total_images":3,"successful":2,"failed":1,\
                        "labels":{"technical":2},"processing_time_seconds":2.0,\
                        "images_per_second":1.5},"metadata":{},"status_url":"%s",\
                        "results_url":"%s/results","stream_url":"%s/stream"}\
                        """
                                .formatted(ID, BATCH, BATCH, BATCH));
        assertThat(response.headers().firstValue("x-request-id")).contains(ID);
    }

    @Test
    void aBatchWithoutProgressIsQueuedAndWithItRunning() {
        server.client.knownBatches.put(ID, open(Optional.empty()));
        JsonNode queued = TestServer.json(server.get(BATCH));
        assertThat(queued.get("status").stringValue()).isEqualTo("queued");
        assertThat(queued.has("progress")).isFalse();
        server.client.knownBatches.put(
                ID, open(Optional.of(new BatchProgress(4, 1, 10, 2.5, OptionalLong.empty()))));
        JsonNode running = TestServer.json(server.get(BATCH));
        assertThat(running.get("status").stringValue()).isEqualTo("running");
        assertThat(running.get("progress").toString())
                .isEqualTo(
                        """
                        {"done":4,"failed":1,"total":10,"images_per_second":2.5,\
                        "remaining_ms":null}\
                        """);
        assertThat(running.has("summary")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "CANCELLED, cancelled, cancelled",
        "EXPIRED, expired, deadline_exceeded",
        "FAILED, failed, deadline_exceeded",
        "REJECTED, failed, deadline_exceeded"
    })
    void aBatchThatDidNotCompleteTellsWhatWasDoneAndWhy(
            ReplyStatus how, String status, String code) {
        server.client.knownBatches.put(ID, ended(how));
        JsonNode batch = TestServer.json(server.get(BATCH));
        assertThat(batch.get("status").stringValue()).isEqualTo(status);
        assertThat(batch.at("/error/code").stringValue()).isEqualTo(code);
        assertThat(batch.at("/summary/successful").intValue()).isEqualTo(2);
    }

    @Test
    void aBatchThatRepeatsAnotherIsThatOther() {
        Reply duplicate =
                Reply.newBuilder(TestingBatch.ended("again", ReplyStatus.REJECTED, null))
                        .setOriginalRequestId(ID)
                        .build();
        server.client.knownBatches.put("again", state(duplicate));
        JsonNode batch = TestServer.json(server.get("/api/v1/vision/batches/again"));
        assertThat(batch.get("id").stringValue()).isEqualTo(ID);
        assertThat(batch.get("status").stringValue()).isEqualTo("completed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/results", "/results?partial=true"})
    void anUnknownBatchIsNotFound(String what) {
        HttpResponse<String> response = server.get("/api/v1/vision/batches/nobody" + what);
        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(code(response)).isEqualTo("batch_not_found");
    }

    @Test
    void resultsComeInTheOrderOfTheImagesAsJsonLines() {
        HttpResponse<String> response = server.get(BATCH + "/results");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/jsonl");
        assertThat(response.headers().firstValue("Content-Disposition"))
                .contains("attachment; filename=\"batch-" + ID + ".jsonl\"");
        assertThat(response.body())
                .isEqualTo(
                        """
                        {"index":0,"image_path":"a.png","classification":"discard",\
                        "raw_response":null,"confidence":0.9,"error":null}
                        {"index":1,"image_path":"b.png","classification":null,\
                        "raw_response":null,"confidence":null,"error":{"message":"no good",\
                        "type":"invalid_request_error","param":null,"code":"image_empty"}}
                        {"index":2,"image_path":"=c,\\"x\\".png","classification":"technical",\
                        "raw_response":null,"confidence":0.9,"error":null}
                        """);
    }

    @Test
    void resultsComeAsCsvThatNoSpreadsheetRuns() {
        HttpResponse<String> response = server.get(BATCH + "/results?format=csv");
        assertThat(response.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("text/csv"));
        assertThat(response.body())
                .isEqualTo(
                        """
                        index,image_path,classification,confidence,error_code,error_message,\
                        raw_response\r
                        0,a.png,discard,0.9,,,\r
                        1,b.png,,,image_empty,no good,\r
                        2,"'=c,""x"".png",technical,0.9,,,\r
                        """);
    }

    @Test
    void aBatchThatRunsGivesItsResultsSoFarOnlyWhenAskedTo() {
        server.client.knownBatches.put(ID, open(Optional.empty()));
        HttpResponse<String> refused = server.get(BATCH + "/results");
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(code(refused)).isEqualTo("results_not_ready");
        HttpResponse<String> soFar = server.get(BATCH + "/results?partial=true");
        assertThat(soFar.statusCode()).isEqualTo(200);
        assertThat(soFar.body().lines()).hasSize(3);
    }

    @Test
    void aBatchWithoutAnyResultGivesAnEmptyFile() {
        server.client.results = List.of();
        HttpResponse<String> response = server.get(BATCH + "/results");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"format=xml, format", "partial=yes, partial"})
    void aQueryThatIsNotKnownIsRefused(String query, String param) {
        HttpResponse<String> response = server.get(BATCH + "/results?" + query);
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(TestServer.json(response).at("/error/param").stringValue()).isEqualTo(param);
    }

    @ParameterizedTest
    @CsvSource({"'', '', 0", "?starting_after=3, '', 3", "'', 4, 4", "?starting_after=3, 4, 3"})
    void aStreamGoesOnBehindThePartsThatTheReaderHas(String query, String header, int first) {
        server.client.batchScript =
                batch -> {
                    batch.part(image(0, "a.png", "technical"));
                    batch.done(1, 0);
                };
        HttpRequest.Builder request = server.request(BATCH + "/stream" + query).GET();
        if (!header.isEmpty()) {
            request.header("Last-Event-ID", header);
        }
        String body = server.send(request).body();
        assertThat(server.client.followedFromPart).containsExactly(first);
        assertThat(body)
                .startsWith("id: " + (first + 1) + "\nevent: results\n")
                .endsWith("data: [DONE]\n\n");
    }

    @Test
    void aStreamOfAnUnknownBatchHasAStatus() {
        server.client.batchScript =
                batch -> batch.fail(ErrorCode.BATCH_NOT_FOUND, null, "no such batch");
        assertThat(server.get(BATCH + "/stream").statusCode()).isEqualTo(404);
        assertThat(server.get(BATCH + "/stream?starting_after=-1").statusCode()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"DELETE", "POST"})
    void cancellingIsAWishWhileTheBatchRuns(String method) {
        server.client.knownBatches.put(ID, open(Optional.empty()));
        HttpResponse<String> response = cancel(method);
        assertThat(response.body())
                .isEqualTo(
                        "{\"id\":\"%s\",\"object\":\"image.batch\",\"status\":\"cancelling\"}", ID);
        assertThat(server.client.cancelled).containsExactly(ID);
    }

    @Test
    void cancellingABatchThatHasEndedTellsHowItEnded() {
        assertThat(TestServer.json(cancel("DELETE")).get("status").stringValue())
                .isEqualTo("completed");
    }

    private HttpResponse<String> cancel(String method) {
        String path = method.equals("POST") ? BATCH + "/cancel" : BATCH;
        return server.send(
                server.request(path).method(method, HttpRequest.BodyPublishers.noBody()));
    }

    private static BatchState ended(ReplyStatus status) {
        return state(TestingBatch.ended(ID, status, TestingBatch.summary(2, 1, 3, 2)));
    }

    private static BatchState state(Reply reply) {
        return new BatchState(new RequestState.Ended(reply), Optional.empty());
    }

    private static BatchState open(Optional<BatchProgress> progress) {
        InferenceRequest request =
                InferenceRequest.newBuilder()
                        .setInput(ImageBatchInput.newBuilder().setGlob("*").build())
                        .build();
        return new BatchState(
                new RequestState.Open(Instant.ofEpochSecond(1_763_632_800), request), progress);
    }

    private static String code(HttpResponse<String> response) {
        return TestServer.json(response).at("/error/code").stringValue();
    }
}
