package dev.brigade.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.schema.ItemResult;
import dev.brigade.schema.OrchestrationReport;
import dev.brigade.schema.Reply;
import dev.brigade.schema.ReplyError;
import dev.brigade.schema.Usage;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class MapTest extends ServerTest {

    private static final String MAP = "{\"items\":[\"one\",\"two\",\"three\"]%s}";
    private static final String FAILED =
            """
            {"message":"the engine failed","type":"server_error","param":null,\
            "code":"engine_error"}\
            """;

    @Test
    void everyItemIsAChoiceAndOneThatFailedSaysWhy() {
        server.client.script = request -> request.done(reply(request.requestId()));
        HttpResponse<String> response = server.post("/v1/chat/completions", MAP.formatted(""));
        assertThat(response.statusCode()).isEqualTo(200);
        JsonNode answer = TestServer.json(response);
        assertThat(answer.get("choices").toString())
                .isEqualTo(
                        """
                        [{"index":0,"message":{"role":"assistant","content":"ONE","refusal":null},\
                        "logprobs":null,"finish_reason":"stop"},\
                        {"index":1,"message":{"role":"assistant","content":"","refusal":null},\
                        "logprobs":null,"finish_reason":"error","error":%s},\
                        {"index":2,"message":{"role":"assistant","content":"THREE","refusal":null},\
                        "logprobs":null,"finish_reason":"length"}]\
                        """
                                .formatted(FAILED));
        assertThat(answer.get("usage").toString())
                .isEqualTo("{\"prompt_tokens\":20,\"completion_tokens\":4,\"total_tokens\":24}");
        assertThat(answer.get("orchestration").get("mode").stringValue()).isEqualTo("map");
    }

    @Test
    void aStreamTellsHowManyAreDoneAndThenEveryItem() {
        server.client.script =
                request -> {
                    request.progress(0, 1, 3);
                    request.progress(2, 1, 3);
                    request.start();
                    request.done(reply(request.requestId()));
                };
        List<JsonNode> pieces =
                server.pieces("/v1/chat/completions", MAP.formatted(",\"stream\":true"));
        assertThat(pieces).hasSize(7);
        assertThat(pieces.get(0).get("choices").isEmpty()).isTrue();
        assertThat(pieces.get(0).get("progress").toString())
                .isEqualTo("{\"done\":0,\"failed\":1,\"total\":3}");
        assertThat(pieces.get(1).get("progress").get("done").intValue()).isEqualTo(2);
        assertThat(pieces.subList(2, 7).stream().map(piece -> piece.get("choices").toString()))
                .containsExactly(
                        said(0, "{\"role\":\"assistant\",\"content\":\"\"}"),
                        said(0, "{\"content\":\"ONE\"}"),
                        said(1, "{\"role\":\"assistant\",\"content\":\"\"}"),
                        said(2, "{\"role\":\"assistant\",\"content\":\"THREE\"}"),
                        """
                        [{"index":0,"delta":{},"logprobs":null,"finish_reason":"stop"},\
                        {"index":1,"delta":{},"logprobs":null,"finish_reason":"error","error":%s},\
                        {"index":2,"delta":{},"logprobs":null,"finish_reason":"length"}]\
                        """
                                .formatted(FAILED));
        assertThat(pieces)
                .filteredOn(piece -> piece.has("orchestration"))
                .containsExactly(pieces.getLast());
    }

    @Test
    void anEarlierMapCanBeFollowed() {
        server.client.script = request -> request.done(reply(request.requestId()));
        HttpResponse<String> response =
                server.get("/v1/requests/" + TestingClient.REQUEST_ID + "/stream");
        assertThat(response.body())
                .contains("\"content\":\"ONE\"", "\"content\":\"THREE\"")
                .endsWith("data: [DONE]\n\n");
    }

    private static String said(int index, String delta) {
        return "[{\"index\":%d,\"delta\":%s,\"logprobs\":null,\"finish_reason\":null}]"
                .formatted(index, delta);
    }

    static Reply reply(String id) {
        OrchestrationReport report =
                OrchestrationReport.newBuilder()
                        .setMode("map")
                        .setModelsUsed(List.of(TestingRequest.MODEL))
                        .setRounds(1)
                        .setStages(List.of())
                        .setTotalInferenceTimeMs(40)
                        .build();
        return Reply.newBuilder(TestingRequest.reply(id, "", report))
                .setUsage(new Usage(20, 4))
                .setItems(
                        List.of(
                                answered(0, "ONE", "stop"),
                                failed(1),
                                answered(2, "THREE", "length")))
                .build();
    }

    private static ItemResult answered(int index, String text, String finishReason) {
        return ItemResult.newBuilder()
                .setIndex(index)
                .setStatus("completed")
                .setText(text)
                .setFinishReason(finishReason)
                .setModel(TestingRequest.MODEL)
                .setUsage(new Usage(10, 2))
                .build();
    }

    private static ItemResult failed(int index) {
        return ItemResult.newBuilder()
                .setIndex(index)
                .setStatus("failed")
                .setError(new ReplyError("engine_error", "the engine failed", null, true))
                .build();
    }
}
