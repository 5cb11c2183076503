package dev.brigade.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.schema.ChatInput;
import dev.brigade.schema.CompletionInput;
import dev.brigade.schema.InferenceRequest;
import dev.brigade.schema.MapInput;
import dev.brigade.schema.Message;
import dev.brigade.schema.Priority;
import dev.brigade.schema.ResponseFormat;
import dev.brigade.schema.ResponseFormatType;
import dev.brigade.schema.Sampling;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AcceptedFieldsTest extends ServerTest {

    private static final String HI = "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]";

    @Test
    void everyFieldOfAChatReachesTheRequest() {
        chat(
                """
                {"model":"tiny","temperature":0.5,"top_p":0.9,"top_k":40,"min_p":0.1,
                 "max_tokens":64,"max_completion_tokens":64,"stop":["a","b"],"seed":-7,
                 "presence_penalty":1,"frequency_penalty":-1,"repeat_penalty":1.1,
                 "response_format":{"type":"json_schema","json_schema":
                   {"name":"n","description":"d","strict":true,"schema":{"type":"object"}}},
                 "task_type":"code","role":"coder","orchestration_mode":"single",
                 "priority":"high","service_tier":"priority","deadline_ms":5000,"max_cost":2.5,
                 "routing_strategy":"cost","required_capabilities":["chat"],
                 "idempotency_key":"k","metadata":{"team":"a"},"user":"u",
                 "safety_identifier":"s",
                 "messages":[{"role":"system","content":"Be brief."},
                   {"role":"user","name":"Ann","content":[{"type":"text","text":"one"},
                     {"type":"text","text":"two"}]}]}
                """);
        assertThat(server.client.submitted)
                .containsExactly(
                        InferenceRequest.newBuilder()
                                .setInput(
                                        new ChatInput(
                                                List.of(
                                                        new Message("system", "Be brief.", null),
                                                        new Message("user", "one\ntwo", "Ann"))))
                                .setModel("tiny")
                                .setSampling(
                                        Sampling.newBuilder()
                                                .setTemperature(0.5)
                                                .setTopP(0.9)
                                                .setTopK(40)
                                                .setMinP(0.1)
                                                .setMaxTokens(64)
                                                .setStop(List.of("a", "b"))
                                                .setSeed(-7L)
                                                .setPresencePenalty(1.0)
                                                .setFrequencyPenalty(-1.0)
                                                .setRepeatPenalty(1.1)
                                                .setResponseFormat(
                                                        new ResponseFormat(
                                                                ResponseFormatType.JSON_SCHEMA,
                                                                "{\"type\":\"object\"}"))
                                                .build())
                                .setTaskType("code")
                                .setRole("coder")
                                .setOrchestrationMode("single")
                                .setPriority(Priority.HIGH)
                                .setDeadlineMs(5000L)
                                .setMaxCost(2.5)
                                .setRoutingStrategy("cost")
                                .setRequiredCapabilities(List.of("chat"))
                                .setIdempotencyKey("k")
                                .setMetadata(Map.of("team", "a"))
                                .setStream(false)
                                .build());
    }

    @ParameterizedTest
    @ValueSource(strings = {"single", "critique", "debate", "ensemble", "pipeline"})
    void everyModeReachesTheRequest(String mode) {
        chat("{" + HI + ",\"orchestration_mode\":\"" + mode + "\"}");
        assertThat(server.client.submitted)
                .extracting(InferenceRequest::getOrchestrationMode)
                .containsExactly(mode);
    }

    @Test
    void whatModelsMayDoTogetherReachesTheRequest() {
        HttpResponse<String> response =
                server.post(
                        "/v1/chat/completions",
                        """
                        {"model":"auto","preset":"D1","allow_smaller_mode":true,"stream":true,
                         "stream_stages":true,"max_total_tokens":10000000,"max_cost":0.5,
                        """
                                + HI
                                + "}");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(server.client.submitted)
                .containsExactly(
                        InferenceRequest.newBuilder()
                                .setInput(new ChatInput(List.of(new Message("user", "hi", null))))
                                .setModel("auto")
                                .setSampling(Sampling.newBuilder().build())
                                .setPreset("D1")
                                .setAllowSmallerMode(true)
                                .setStreamStages(true)
                                .setMaxTotalTokens(10_000_000)
                                .setMaxCost(0.5)
                                .build());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",\"orchestration_mode\":\"map\"", ",\"messages\":[]"})
    void itemsAreAMapWhoseMessagesMayBeMissing(String more) {
        chat("{\"items\":[\"one\",\"two\"]" + more + "}");
        InferenceRequest sent = server.client.submitted.getFirst();
        assertThat(sent.getInput()).isEqualTo(new MapInput(List.of(), List.of("one", "two")));
        assertThat(sent.getOrchestrationMode()).isEqualTo("map");
    }

    @Test
    void messagesStandBeforeEveryItem() {
        chat("{\"items\":[\"one\"]," + HI + "}");
        assertThat(server.client.submitted.getFirst().getInput())
                .isEqualTo(new MapInput(List.of(new Message("user", "hi", null)), List.of("one")));
    }

    @Test
    void aFieldThatIsNullIsAbsent() {
        chat(
                """
                {"messages":[{"role":"user","content":"hi","name":null,"tool_calls":null}],
                 "model":null,"temperature":null,"max_tokens":null,"stop":null,"seed":null,
                 "stream":null,"stream_options":null,"response_format":null,"tools":null,"n":null,
                 "logprobs":null,"priority":null,"service_tier":null,"metadata":null,"user":null,
                 "items":null,"orchestration_mode":null,"preset":null,"stream_stages":null,
                 "allow_smaller_mode":null,"max_total_tokens":null,"max_cost":null}
                """);
        assertThat(server.client.submitted)
                .containsExactly(
                        InferenceRequest.newBuilder()
                                .setInput(new ChatInput(List.of(new Message("user", "hi", null))))
                                .setSampling(Sampling.newBuilder().build())
                                .setStream(false)
                                .build());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"n\":1",
                "\"logprobs\":false",
                "\"top_logprobs\":0",
                "\"store\":false",
                "\"tools\":[]",
                "\"tool_choice\":\"none\"",
                "\"functions\":[]",
                "\"function_call\":\"none\"",
                "\"logit_bias\":{}",
                "\"modalities\":[\"text\"]",
                "\"best_of\":1",
                "\"suffix\":\"\"",
                "\"reasoning_effort\":\"none\"",
                "\"user\":\"ann\"",
                "\"stop\":[]",
                "\"temperature\":1",
                "\"response_format\":{\"type\":\"text\"}"
            })
    void aValueThatAsksForNothingIsAccepted(String field) {
        chat("{" + HI + "," + field + "}");
        assertThat(server.client.submitted).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "\"priority\":1, LOW",
        "\"priority\":2, NORMAL",
        "\"priority\":3, HIGH",
        "\"priority\":\"low\", LOW",
        "\"priority\":\"normal\", NORMAL",
        "\"service_tier\":\"auto\", NORMAL",
        "\"service_tier\":\"default\", NORMAL",
        "\"service_tier\":\"flex\", LOW",
        "\"service_tier\":\"priority\", HIGH"
    })
    void prioritiesAreClassesNumbersAndServiceTiers(String field, Priority priority) {
        chat("{" + HI + "," + field + "}");
        assertThat(server.client.submitted)
                .extracting(InferenceRequest::getPriority)
                .containsExactly(priority);
    }

    @Test
    void aPromptMayBeAnArrayOfOneString() {
        HttpResponse<String> response =
                server.post(
                        "/v1/completions", "{\"prompt\":[\"Once\"],\"echo\":true,\"stop\":\"x\"}");
        assertThat(response.statusCode()).isEqualTo(200);
        InferenceRequest sent = server.client.submitted.getFirst();
        assertThat(sent.getInput()).isEqualTo(new CompletionInput("Once", true));
        assertThat(sent.getSampling().getStop()).containsExactly("x");
    }

    @Test
    void aCompletionMayNameTheOneModeThatItHas() {
        HttpResponse<String> response =
                server.post(
                        "/v1/completions",
                        "{\"prompt\":\"p\",\"orchestration_mode\":\"single\",\"preset\":\"S1\"}");
        assertThat(response.statusCode()).isEqualTo(200);
        InferenceRequest sent = server.client.submitted.getFirst();
        assertThat(sent.getOrchestrationMode()).isEqualTo("single");
        assertThat(sent.getPreset()).isEqualTo("S1");
    }

    @Test
    void headersCarryIdempotencyKeyAndTrace() {
        String trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
        HttpResponse<String> response =
                server.send(
                        server.request("/v1/chat/completions")
                                .header("Content-Type", "application/json; charset=utf-8")
                                .header("Idempotency-Key", "once")
                                .header("traceparent", trace)
                                .POST(BodyPublishers.ofString("{" + HI + "}")));
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(server.client.submitted.getFirst().getIdempotencyKey()).isEqualTo("once");
        assertThat(server.client.options.getFirst().traceparent()).isEqualTo(trace);
    }

    @Test
    void anIdempotencyKeyInTheBodyMustBeTheHeaders() {
        HttpResponse<String> response =
                server.send(
                        server.request("/v1/chat/completions")
                                .header("Content-Type", "application/json")
                                .header("Idempotency-Key", "one")
                                .POST(
                                        BodyPublishers.ofString(
                                                "{" + HI + ",\"idempotency_key\":\"two\"}")));
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("idempotency_key");
    }

    private void chat(String body) {
        HttpResponse<String> response = server.post("/v1/chat/completions", body);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    }
}
