package dev.brigade.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.client.RequestState;
import dev.brigade.contract.error.ErrorCode;
import dev.brigade.schema.ChatInput;
import dev.brigade.schema.Classification;
import dev.brigade.schema.Embeddings;
import dev.brigade.schema.InferenceRequest;
import dev.brigade.schema.Message;
import dev.brigade.schema.OrchestrationReport;
import dev.brigade.schema.Ranking;
import dev.brigade.schema.Reply;
import dev.brigade.schema.ReplyError;
import dev.brigade.schema.ReplyStatus;
import dev.brigade.schema.StageReport;
import dev.brigade.schema.Usage;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

class RequestsTest extends ServerTest {

    private static final String ID = TestingClient.REQUEST_ID;

    @BeforeEach
    void say() {
        server.client.script = TestingClient.answering("Hel", "lo");
    }

    @Test
    void anOpenRequestIsInProgress() {
        InferenceRequest request =
                InferenceRequest.newBuilder()
                        .setInput(new ChatInput(List.of(new Message("user", "secret", null))))
                        .setMetadata(Map.of("team", "a"))
                        .build();
        server.client.known.put(ID, new RequestState.Open(Instant.ofEpochSecond(99), request));
        assertThat(server.get("/v1/requests/" + ID).body())
                .isEqualTo(
                        """
                        {"id":"%s","object":"inference.request","status":"in_progress",\
                        "model":null,"created":99,"metadata":{"team":"a"}}\
                        """
                                .formatted(ID));
    }

    static Stream<Arguments> outputs() {
        ByteBuffer vector = ByteBuffer.wrap(new byte[] {0, 0, (byte) 0x80, 0x3f});
        return Stream.of(
                Arguments.of(
                        Embeddings.newBuilder()
                                .setCount(1)
                                .setDimensions(1)
                                .setVectors(vector)
                                .build(),
                        "/response/data/0/embedding/0",
                        "1.0"),
                Arguments.of(new Ranking(List.of(0.1, 0.2)), "/response/results/0/index", "1"),
                Arguments.of(
                        Classification.newBuilder().setLabel("discard").setConfidence(0.5).build(),
                        "/response/classification",
                        "discard"),
                Arguments.of(TestingBatch.summary(3, 1, 4, 1), "/response/successful", "3"));
    }

    @ParameterizedTest
    @MethodSource("outputs")
    void anAnswerThatIsNoTextHasTheFormOfItsOwnCall(Object output, String place, String value) {
        Reply reply =
                Reply.newBuilder(TestingRequest.reply(ID, "", null)).setOutput(output).build();
        server.client.known.put(ID, new RequestState.Ended(reply));
        HttpResponse<String> response = server.get("/v1/requests/" + ID);
        assertThat(TestServer.json(response).at(place).asString()).isEqualTo(value);
    }

    @Test
    void aCompletedRequestHoldsItsAnswerAndHowItCameAbout() {
        OrchestrationReport report =
                OrchestrationReport.newBuilder()
                        .setMode("single")
                        .setModelsUsed(List.of("tiny"))
                        .setRounds(1)
                        .setStages(
                                List.of(
                                        StageReport.newBuilder()
                                                .setStage("answer")
                                                .setModel("tiny")
                                                .setAttempts(1)
                                                .setUsage(new Usage(7, 2))
                                                .setTotalMs(40)
                                                .build()))
                        .setTotalInferenceTimeMs(40)
                        .setRoutingReason("asked for")
                        .build();
        server.client.known.put(
                ID, new RequestState.Ended(TestingRequest.reply(ID, "Hello", report)));
        HttpResponse<String> response = server.get("/v1/requests/" + ID);
        assertThat(response.headers().firstValue("x-request-id")).hasValue(ID);
        JsonNode view = TestServer.json(response);
        assertThat(view.get("status").stringValue()).isEqualTo("completed");
        JsonNode answer = view.get("response");
        assertThat(answer.get("choices").get(0).get("message").get("content").stringValue())
                .isEqualTo("Hello");
        assertThat(answer.get("orchestration").toString())
                .isEqualTo(
                        """
                        {"mode":"single","models_used":["tiny"],"rounds":1,\
                        "agreed_points":[],"flagged_points":[],"conflicts":[],"decisions":[],\
                        "skipped":[],"compensated":[],"resumed":[],\
                        "total_inference_time_ms":40,"stages":[{"stage":"answer",\
                        "kind":"generate","model":"tiny","status":"done","attempts":1,\
                        "prompt_tokens":7,"completion_tokens":2,"total_ms":40,"cuts":[],\
                        "is_final":true}],"routing":{"reason":"asked for"}}\
                        """);
    }

    @Test
    void aFailedRequestTellsItsErrorAlsoOneOfANewerVersion() {
        server.client.known.put(ID, new RequestState.Ended(failed("model_not_found")));
        JsonNode view = TestServer.json(server.get("/v1/requests/" + ID));
        assertThat(view.get("status").stringValue()).isEqualTo("rejected");
        assertThat(view.get("error").toString())
                .isEqualTo(
                        """
                        {"message":"no","type":"invalid_request_error","param":"model",\
                        "code":"model_not_found"}\
                        """);
        server.client.known.put(ID, new RequestState.Ended(failed("out_of_luck")));
        assertThat(
                        TestServer.json(server.get("/v1/requests/" + ID))
                                .get("error")
                                .get("code")
                                .stringValue())
                .isEqualTo("out_of_luck");
    }

    @Test
    void aFailedRequestTellsWhatWasUndone() {
        OrchestrationReport report =
                OrchestrationReport.newBuilder()
                        .setMode("pipeline")
                        .setModelsUsed(List.of("tiny"))
                        .setRounds(1)
                        .setStages(List.of())
                        .setTotalInferenceTimeMs(40)
                        .setCompensated(List.of("refine", "draft"))
                        .build();
        Reply undone =
                Reply.newBuilder(failed("attempts_exhausted"))
                        .setStatus(ReplyStatus.FAILED)
                        .setOrchestration(report)
                        .build();
        server.client.known.put(ID, new RequestState.Ended(undone));
        JsonNode view = TestServer.json(server.get("/v1/requests/" + ID));
        assertThat(view.get("status").stringValue()).isEqualTo("failed");
        assertThat(view.get("error").get("code").stringValue()).isEqualTo("attempts_exhausted");
        assertThat(view.get("orchestration").get("compensated").toString())
                .isEqualTo("[\"refine\",\"draft\"]");
    }

    @Test
    void cancellingTellsWhetherThereWasSomethingToCancel() {
        String path = "/v1/requests/" + ID;
        InferenceRequest request =
                InferenceRequest.newBuilder()
                        .setInput(new ChatInput(List.of(new Message("user", "hi", null))))
                        .build();
        server.client.known.put(ID, new RequestState.Open(Instant.EPOCH, request));
        assertThat(server.send(server.request(path).DELETE()).body())
                .isEqualTo(
                        "{\"id\":\"%s\",\"object\":\"inference.request\",\"status\":\"cancelling\"}"
                                .formatted(ID));
        assertThat(server.client.cancelled).containsExactly(ID);
        server.client.known.put(
                ID, new RequestState.Ended(TestingRequest.reply(ID, "Hello", null)));
        assertThat(server.send(server.request(path).DELETE()).body())
                .contains("\"status\":\"completed\"");
    }

    @Test
    void aFollowedStreamHasIdsAndGoesOnBehindOne() {
        HttpResponse<String> whole = server.get("/v1/requests/" + ID + "/stream");
        assertThat(ids(whole)).containsExactly("0", "3", "5", "5", "5", "5");
        assertThat(whole.body()).contains("\"role\":\"assistant\"").endsWith("data: [DONE]\n\n");
        HttpResponse<String> rest = server.get("/v1/requests/" + ID + "/stream?starting_after=3");
        assertThat(rest.body()).doesNotContain("\"role\"");
        HttpResponse<String> again =
                server.send(
                        server.request("/v1/requests/" + ID + "/stream")
                                .header("Last-Event-ID", "4")
                                .GET());
        assertThat(again.statusCode()).isEqualTo(200);
        assertThat(server.client.followedFrom).containsExactly(0L, 3L, 4L);
    }

    @Test
    void followingAnUnknownRequestIsNotFound() {
        server.client.script = request -> request.fail(ErrorCode.REQUEST_NOT_FOUND, "none");
        HttpResponse<String> response = server.get("/v1/requests/" + ID + "/stream");
        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.body()).contains("request_not_found");
    }

    private static List<String> ids(HttpResponse<String> response) {
        return response.body()
                .lines()
                .filter(line -> line.startsWith("id: "))
                .map(line -> line.substring("id: ".length()))
                .toList();
    }

    private static Reply failed(String code) {
        return Reply.newBuilder()
                .setRequestId(ID)
                .setStatus(ReplyStatus.REJECTED)
                .setError(new ReplyError(code, "no", "model", false))
                .setReceivedAt(1000)
                .setFinishedAt(2000)
                .build();
    }
}
