package dev.brigade.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.client.StageUpdate.Restarted;
import dev.brigade.client.StageUpdate.Retracted;
import dev.brigade.client.StageUpdate.Text;
import dev.brigade.contract.error.ErrorCode;
import dev.brigade.schema.Conflict;
import dev.brigade.schema.Cut;
import dev.brigade.schema.OrchestrationReport;
import dev.brigade.schema.Position;
import dev.brigade.schema.Reply;
import dev.brigade.schema.Skipped;
import dev.brigade.schema.StageReport;
import dev.brigade.schema.Usage;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class OrchestrationTest extends ServerTest {

    private static final String ID = TestingClient.REQUEST_ID;
    private static final String DEBATE =
            "{\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}],\"orchestration_mode\":\"debate\"%s}";
    private static final String WITH_STAGES = ",\"stream\":true,\"stream_stages\":true%s";
    private static final String USAGE = ",\"stream_options\":{\"include_usage\":true}";

    private static final OrchestrationReport REPORT =
            OrchestrationReport.newBuilder()
                    .setMode("ensemble")
                    .setRequestedMode("debate")
                    .setPreset("D3")
                    .setModelsUsed(List.of("tiny", "small"))
                    .setRounds(2)
                    .setConfidence(0.75)
                    .setConfidenceMethod("mean_similarity")
                    .setAgreement(0.5)
                    .setAgreementMethod("rouge_l")
                    .setAgreedPoints(List.of("both"))
                    .setFlaggedPoints(List.of("one"))
                    .setConflicts(
                            List.of(
                                    new Conflict(
                                            "when",
                                            List.of(
                                                    new Position("tiny", "answer-1.1", "now"),
                                                    new Position("small", "answer-1.2", "later")))))
                    .setDecisions(List.of("a debate needs two models"))
                    .setSkipped(List.of(new Skipped("answer-2.1", "no time")))
                    .setCompensated(List.of("draft"))
                    .setResumed(List.of("refine"))
                    .setTotalInferenceTimeMs(40)
                    .setRoutingReason("primary")
                    .setStages(
                            List.of(
                                    StageReport.newBuilder()
                                            .setStage("answer-1.1")
                                            .setKind("generate")
                                            .setModel("tiny")
                                            .setStatus("failed")
                                            .setAttempts(2)
                                            .setScore(0.25)
                                            .setUsage(new Usage(7, 2))
                                            .setTotalMs(40)
                                            .setStartedAt(1000L)
                                            .setFinishedAt(1040L)
                                            .setPrompt("debate/answer@1")
                                            .setCuts(List.of(new Cut("history", 90, 30)))
                                            .setError("engine_error")
                                            .setIsFinal(false)
                                            .build()))
                    .build();

    private static final String REPORT_JSON =
            """
            {"mode":"ensemble","requested_mode":"debate","preset":"D3",\
            "models_used":["tiny","small"],"rounds":2,"confidence":0.75,\
            "confidence_method":"mean_similarity","agreement":0.5,"agreement_method":"rouge_l",\
            "agreed_points":["both"],"flagged_points":["one"],"conflicts":[{"about":"when",\
            "positions":[{"model":"tiny","stage":"answer-1.1","text":"now"},{"model":"small",\
            "stage":"answer-1.2","text":"later"}]}],"decisions":["a debate needs two models"],\
            "skipped":[{"stage":"answer-2.1","reason":"no time"}],"compensated":["draft"],\
            "resumed":["refine"],"total_inference_time_ms":40,"cost":0.125,"stages":[{\
            "stage":"answer-1.1","kind":"generate","model":"tiny","status":"failed","attempts":2,\
            "score":0.25,"prompt_tokens":7,"completion_tokens":2,"total_ms":40,"started_at":1000,\
            "finished_at":1040,"prompt":"debate/answer@1","cuts":[{"section":"history",\
            "from_tokens":90,"to_tokens":30}],"error":"engine_error","is_final":false}],\
            "routing":{"reason":"primary"}}\
            """;

    @Test
    void aWholeAnswerTellsHowItCameAbout() {
        server.client.script = request -> request.done(reported("Hello"));
        HttpResponse<String> response = server.post("/v1/chat/completions", DEBATE.formatted(""));
        assertThat(TestServer.json(response).get("orchestration").toString())
                .isEqualTo(REPORT_JSON);
    }

    @Test
    void aStreamTellsItInTheLastPieceWithAChoice() {
        server.client.script =
                request -> {
                    request.start();
                    request.say("Hello");
                    request.done(reported("Hello"));
                };
        List<JsonNode> pieces = stream(DEBATE.formatted(",\"stream\":true" + USAGE));
        assertThat(pieces).hasSize(4);
        assertThat(pieces.get(2).get("choices").get(0).get("finish_reason").stringValue())
                .isEqualTo("stop");
        assertThat(pieces.get(2).get("orchestration").toString()).isEqualTo(REPORT_JSON);
        assertThat(pieces)
                .filteredOn(piece -> piece.has("orchestration"))
                .containsExactly(pieces.get(2));
    }

    @Test
    void draftsAreExtensionsOfPiecesWithoutChoices() {
        server.client.script =
                request -> {
                    request.stage(new Text("answer-1.1", "tiny", "Hel"));
                    request.stage(new Restarted("answer-1.1", "small"));
                    request.stage(new Text("answer-1.1", "small", "Hello"));
                    request.start();
                    request.stage(new Retracted("answer-1.1", "small"));
                    request.say("Hello");
                    request.done();
                };
        HttpResponse<String> response =
                server.post("/v1/chat/completions", DEBATE.formatted(WITH_STAGES.formatted(USAGE)));
        assertThat(response.body())
                .startsWith(
                        draft("tiny", "Hel", false, false)
                                + draft("small", "", false, true)
                                + draft("small", "Hello", false, false))
                .contains(draft("small", "", true, false))
                .endsWith("data: [DONE]\n\n");
        assertThat(text(stream(DEBATE.formatted(WITH_STAGES.formatted(""))))).isEqualTo("Hello");
    }

    @Test
    void textThatComesWithTheTerminalIsOneDelta() {
        server.client.script =
                request -> {
                    request.stage(new Text("draft", "tiny", "Hello"));
                    request.start();
                    request.say("Hello, whole");
                    request.done();
                };
        List<JsonNode> pieces = stream(DEBATE.formatted(WITH_STAGES.formatted("")));
        assertThat(pieces).hasSize(4);
        assertThat(text(pieces)).isEqualTo("Hello, whole");
    }

    @Test
    void aFollowedStreamTellsTheDraftsWithoutMovingOn() {
        server.client.script =
                request -> {
                    request.start();
                    request.say("Hello");
                    request.stage(new Text("validate", "tiny", "{}"));
                    request.done();
                };
        HttpResponse<String> response = server.get("/v1/requests/" + ID + "/stream");
        assertThat(response.body())
                .contains("id: 5\ndata: {", "\"stage\":{\"name\":\"validate\"")
                .endsWith("data: [DONE]\n\n");
        assertThat(response.body().lines().filter(line -> line.startsWith("id: ")))
                .containsExactly("id: 0", "id: 5", "id: 5", "id: 5", "id: 5", "id: 5");
    }

    @Test
    void aFailureBehindDraftsIsTheLastEvent() {
        server.client.script =
                request -> {
                    request.stage(new Text("draft", "tiny", "Hel"));
                    request.stage(new Retracted("draft", "tiny"));
                    request.fail(ErrorCode.ATTEMPTS_EXHAUSTED, "every attempt was lost");
                };
        HttpResponse<String> response =
                server.post("/v1/chat/completions", DEBATE.formatted(WITH_STAGES.formatted("")));
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body())
                .contains("\"retracted\":true")
                .endsWith("\"code\":\"attempts_exhausted\"}}\n\n");
    }

    @ParameterizedTest
    @CsvSource({
        "too_few_models, 503, server_error, true",
        "preset_not_found, 404, invalid_request_error, false",
        "budget_exhausted, 400, invalid_request_error, false",
        "unsupported_mode, 400, invalid_request_error, false"
    })
    void whatTheDispatcherRefusesIsOpenAisError(
            String code, int status, String type, boolean retryAfter) {
        ErrorCode known = ErrorCode.ofWireName(code).orElseThrow();
        server.client.script = request -> request.fail(known, "no");
        HttpResponse<String> response = server.post("/v1/chat/completions", DEBATE.formatted(""));
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.headers().firstValue("retry-after").isPresent()).isEqualTo(retryAfter);
        assertThat(response.body())
                .isEqualTo(
                        "{\"error\":{\"message\":\"no\",\"type\":\"%s\",\"param\":null,\"code\":\"%s\"}}"
                                .formatted(type, code));
    }

    private static Reply reported(String text) {
        return Reply.newBuilder(TestingRequest.reply(ID, text, REPORT)).setCost(0.125).build();
    }

    /** The pieces of a stream that ends as it should. */
    private List<JsonNode> stream(String body) {
        return server.pieces("/v1/chat/completions", body);
    }

    private static String text(List<JsonNode> pieces) {
        StringBuilder text = new StringBuilder();
        for (JsonNode piece : pieces) {
            for (JsonNode choice : piece.get("choices")) {
                text.append(choice.get("delta").path("content").asString(""));
            }
        }
        return text.toString();
    }

    private static String draft(String model, String delta, boolean retracted, boolean reset) {
        String created =
                Long.toString(Long.parseLong(ID.replace("-", "").substring(0, 12), 16) / 1000);
        return """
        data: {"id":"chatcmpl-%s","object":"chat.completion.chunk","created":%s,"model":"%s",\
        "choices":[],"stage":{"name":"answer-1.1","model":"%s","delta":"%s","retracted":%s,\
        "reset":%s},"usage":null}

        """
                .formatted(ID, created, model, model, delta, retracted, reset);
    }
}
