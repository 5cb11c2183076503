package dev.brigade.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class BadBodiesTest extends ServerTest {

    private static final String HI = "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]";
    private static final String INVALID = "invalid_request";
    private static final String UNSUPPORTED = "unsupported_field";

    static Stream<Arguments> chats() {
        return Stream.of(
                Arguments.of("", null, INVALID),
                Arguments.of("{", null, INVALID),
                Arguments.of("[]", null, INVALID),
                Arguments.of("null", null, INVALID),
                Arguments.of("{} {}", null, INVALID),
                Arguments.of("{'a':1}", null, INVALID),
                Arguments.of("{\"model\":\"a\",\"model\":\"b\"," + HI + "}", null, INVALID),
                Arguments.of("[".repeat(5000), null, INVALID),
                chat("\"temperature\":NaN", null, INVALID),
                chat("\"temperature\":Infinity", null, INVALID),
                chat("\"temperature\":01", null, INVALID),
                chat("\"temperature\":1e999", "temperature", INVALID),
                chat("\"temperature\":\"0.5\"", "temperature", INVALID),
                chat("\"temperature\":true", "temperature", INVALID),
                chat("\"temperature\":2.1", "temperature", INVALID),
                chat("\"temperature\":-0.1", "temperature", INVALID),
                chat("\"top_p\":0", "top_p", INVALID),
                chat("\"top_p\":[]", "top_p", INVALID),
                chat("\"top_k\":1.5", "top_k", INVALID),
                chat("\"min_p\":2", "min_p", INVALID),
                chat("\"max_tokens\":0", "max_tokens", INVALID),
                chat("\"max_tokens\":-1", "max_tokens", INVALID),
                chat("\"max_tokens\":1.0", "max_tokens", INVALID),
                chat("\"max_tokens\":\"5\"", "max_tokens", INVALID),
                chat("\"max_tokens\":99999999999", "max_tokens", INVALID),
                chat("\"max_tokens\":1e400", "max_tokens", INVALID),
                chat("\"max_completion_tokens\":0", "max_completion_tokens", INVALID),
                chat("\"max_completion_tokens\":9,\"max_tokens\":8", "max_tokens", INVALID),
                chat("\"stop\":5", "stop", INVALID),
                chat("\"stop\":[\"a\",5]", "stop[1]", INVALID),
                chat("\"stop\":[\"a\",null]", "stop[1]", INVALID),
                chat("\"stop\":[\"a\",\"b\",\"c\",\"d\",\"e\"]", "stop", INVALID),
                chat("\"stop\":\"\"", "stop", INVALID),
                chat("\"seed\":1.5", "seed", INVALID),
                chat("\"seed\":9223372036854775808", "seed", INVALID),
                chat("\"presence_penalty\":3", "presence_penalty", INVALID),
                chat("\"frequency_penalty\":-3", "frequency_penalty", INVALID),
                chat("\"repeat_penalty\":0", "repeat_penalty", INVALID),
                chat("\"stream\":\"true\"", "stream", INVALID),
                chat("\"stream\":1", "stream", INVALID),
                chat("\"stream_options\":{}", "stream_options", INVALID),
                chat(
                        "\"stream\":true,\"stream_options\":{\"include_usage\":1}",
                        "stream_options.include_usage",
                        INVALID),
                chat(
                        "\"stream\":true,\"stream_options\":{\"x\":1}",
                        "stream_options.x",
                        UNSUPPORTED),
                chat(
                        "\"stream\":true,\"stream_options\":{\"include_obfuscation\":true}",
                        "stream_options.include_obfuscation",
                        UNSUPPORTED),
                chat("\"model\":5", "model", INVALID),
                chat("\"model\":\"\"", "model", INVALID),
                chat("\"priority\":\"urgent\"", "priority", INVALID),
                chat("\"priority\":0", "priority", INVALID),
                chat("\"priority\":4", "priority", INVALID),
                chat("\"priority\":2.0", "priority", INVALID),
                chat("\"priority\":true", "priority", INVALID),
                chat("\"service_tier\":\"scale\"", "service_tier", INVALID),
                chat("\"service_tier\":\"flex\",\"priority\":3", "priority", INVALID),
                chat("\"deadline_ms\":0", "deadline_ms", INVALID),
                chat("\"deadline_ms\":86400001", "deadline_ms", INVALID),
                chat("\"deadline_ms\":1.5", "deadline_ms", INVALID),
                chat("\"orchestration_mode\":\"quarrel\"", "orchestration_mode", INVALID),
                chat("\"orchestration_mode\":5", "orchestration_mode", INVALID),
                chat("\"orchestration_mode\":\"map\"", "items", INVALID),
                chat("\"items\":\"one\"", "items", INVALID),
                chat("\"items\":[]", "items", INVALID),
                chat("\"items\":[\"one\",2]", "items[1]", INVALID),
                chat("\"items\":[\"one\",\" \"]", "items[1]", INVALID),
                chat("\"items\":[\"\\ud800\"]", "items[0]", INVALID),
                chat("\"items\":[" + "\"one\",".repeat(256) + "\"one\"]", "items", INVALID),
                chat("\"items\":[\"" + "a".repeat(100_001) + "\"]", "items[0]", INVALID),
                chat(
                        "\"items\":[\"one\"],\"orchestration_mode\":\"debate\"",
                        "orchestration_mode",
                        INVALID),
                chat("\"preset\":5", "preset", INVALID),
                chat("\"preset\":\"\"", "preset", INVALID),
                chat("\"preset\":\"D1\",\"model\":\"tiny\"", "model", INVALID),
                chat("\"allow_smaller_mode\":\"yes\"", "allow_smaller_mode", INVALID),
                chat("\"stream\":true,\"stream_stages\":1", "stream_stages", INVALID),
                chat("\"stream_stages\":true", "stream_stages", INVALID),
                chat("\"max_total_tokens\":0", "max_total_tokens", INVALID),
                chat("\"max_total_tokens\":10000001", "max_total_tokens", INVALID),
                chat("\"max_total_tokens\":1.5", "max_total_tokens", INVALID),
                chat("\"max_cost\":-1", "max_cost", INVALID),
                chat("\"max_cost\":\"1\"", "max_cost", INVALID),
                chat("\"required_capabilities\":\"chat\"", "required_capabilities", INVALID),
                chat("\"metadata\":{\"a\":1}", "metadata.a", INVALID),
                chat("\"metadata\":[]", "metadata", INVALID),
                chat("\"user\":1", "user", INVALID),
                chat("\"response_format\":\"json\"", "response_format", INVALID),
                chat("\"response_format\":{}", "response_format.type", INVALID),
                chat("\"response_format\":{\"type\":\"xml\"}", "response_format.type", INVALID),
                chat(
                        "\"response_format\":{\"type\":\"text\",\"schema\":{}}",
                        "response_format.schema",
                        UNSUPPORTED),
                chat(
                        "\"response_format\":{\"type\":\"json_schema\"}",
                        "response_format.json_schema",
                        INVALID),
                chat(
                        "\"response_format\":{\"type\":\"json_schema\",\"json_schema\":"
                                + "{\"name\":\"a\",\"schema\":\"{}\"}}",
                        "response_format.json_schema.schema",
                        INVALID),
                chat(
                        "\"response_format\":{\"type\":\"json_schema\",\"json_schema\":"
                                + "{\"name\":\"a b\",\"schema\":{}}}",
                        "response_format.json_schema.name",
                        INVALID),
                chat(
                        "\"response_format\":{\"type\":\"json_schema\",\"json_schema\":"
                                + "{\"name\":\"a\",\"schema\":{},\"strict\":\"yes\"}}",
                        "response_format.json_schema.strict",
                        INVALID),
                chat("\"temprature\":1", "temprature", UNSUPPORTED),
                chat("\"tools\":[{\"type\":\"function\"}]", "tools", UNSUPPORTED),
                chat("\"tool_choice\":\"auto\"", "tool_choice", UNSUPPORTED),
                chat("\"functions\":[{}]", "functions", UNSUPPORTED),
                chat("\"function_call\":\"auto\"", "function_call", UNSUPPORTED),
                chat("\"logprobs\":true", "logprobs", UNSUPPORTED),
                chat("\"top_logprobs\":2", "top_logprobs", UNSUPPORTED),
                chat("\"n\":2", "n", UNSUPPORTED),
                chat("\"n\":1.0", "n", UNSUPPORTED),
                chat("\"best_of\":2", "best_of", UNSUPPORTED),
                chat("\"logit_bias\":{\"50256\":-100}", "logit_bias", UNSUPPORTED),
                chat("\"audio\":{}", "audio", UNSUPPORTED),
                chat("\"modalities\":[\"text\",\"audio\"]", "modalities", UNSUPPORTED),
                chat("\"prediction\":{}", "prediction", UNSUPPORTED),
                chat("\"store\":true", "store", UNSUPPORTED),
                chat("\"web_search_options\":{}", "web_search_options", UNSUPPORTED),
                chat("\"parallel_tool_calls\":true", "parallel_tool_calls", UNSUPPORTED),
                chat("\"reasoning_effort\":\"low\"", "reasoning_effort", UNSUPPORTED),
                chat("\"suffix\":\"x\"", "suffix", UNSUPPORTED),
                chat("\"cache\":true", "cache", UNSUPPORTED),
                Arguments.of("{}", "messages", INVALID),
                Arguments.of("{\"messages\":null}", "messages", INVALID),
                Arguments.of("{\"messages\":[]}", "messages", INVALID),
                Arguments.of("{\"messages\":{}}", "messages", INVALID),
                Arguments.of("{\"messages\":\"hi\"}", "messages", INVALID),
                Arguments.of("{\"messages\":[\"hi\"]}", "messages[0]", INVALID),
                message("{\"content\":\"hi\"}", ".role", INVALID),
                message("{\"role\":\"king\",\"content\":\"hi\"}", ".role", INVALID),
                message("{\"role\":5,\"content\":\"hi\"}", ".role", INVALID),
                message("{\"role\":\"user\"}", ".content", INVALID),
                message("{\"role\":\"user\",\"content\":null}", ".content", INVALID),
                message("{\"role\":\"user\",\"content\":\"\"}", ".content", INVALID),
                message("{\"role\":\"user\",\"content\":\"  \"}", ".content", INVALID),
                message("{\"role\":\"user\",\"content\":5}", ".content", INVALID),
                message("{\"role\":\"user\",\"content\":[]}", ".content", INVALID),
                message("{\"role\":\"user\",\"content\":[\"hi\"]}", ".content[0]", INVALID),
                message("{\"role\":\"user\",\"content\":\"\\ud800\"}", ".content", INVALID),
                message(
                        "{\"role\":\"user\",\"content\":[{\"text\":\"hi\"}]}",
                        ".content[0].type",
                        INVALID),
                message(
                        "{\"role\":\"user\",\"content\":[{\"type\":\"image_url\","
                                + "\"image_url\":{\"url\":\"data:\"}}]}",
                        ".content[0].type",
                        UNSUPPORTED),
                message(
                        "{\"role\":\"user\",\"content\":\"hi\",\"weight\":1}",
                        ".weight",
                        UNSUPPORTED),
                message(
                        "{\"role\":\"assistant\",\"content\":\"hi\",\"tool_calls\":[{}]}",
                        ".tool_calls",
                        UNSUPPORTED));
    }

    static Stream<Arguments> completions() {
        return Stream.of(
                Arguments.of("{}", "prompt", INVALID),
                Arguments.of("{\"prompt\":\"\"}", "prompt", INVALID),
                Arguments.of("{\"prompt\":5}", "prompt", INVALID),
                Arguments.of("{\"prompt\":[]}", "prompt", UNSUPPORTED),
                Arguments.of("{\"prompt\":[\"a\",\"b\"]}", "prompt", UNSUPPORTED),
                Arguments.of("{\"prompt\":[1,2,3]}", "prompt", UNSUPPORTED),
                Arguments.of("{\"prompt\":[[1,2]]}", "prompt", UNSUPPORTED),
                Arguments.of("{\"prompt\":\"a\",\"echo\":\"yes\"}", "echo", INVALID),
                Arguments.of("{\"prompt\":\"a\",\"logprobs\":0}", "logprobs", UNSUPPORTED),
                Arguments.of("{\"prompt\":\"a\",\"suffix\":\"b\"}", "suffix", UNSUPPORTED),
                Arguments.of("{\"prompt\":\"a\",\"best_of\":3}", "best_of", UNSUPPORTED),
                Arguments.of("{\"prompt\":\"a\",\"messages\":[]}", "messages", UNSUPPORTED),
                Arguments.of("{\"prompt\":\"a\",\"items\":[\"b\"]}", "items", UNSUPPORTED),
                completionIn("critique"),
                completionIn("debate"),
                completionIn("ensemble"),
                completionIn("pipeline"),
                completionIn("map"));
    }

    private static Arguments chat(String field, @Nullable String param, String code) {
        return Arguments.of("{" + HI + "," + field + "}", param, code);
    }

    private static Arguments completionIn(String mode) {
        return Arguments.of(
                "{\"prompt\":\"a\",\"orchestration_mode\":\"" + mode + "\"}",
                "orchestration_mode",
                "unsupported_mode");
    }

    private static Arguments message(String message, String param, String code) {
        return Arguments.of("{\"messages\":[" + message + "]}", "messages[0]" + param, code);
    }

    @ParameterizedTest
    @MethodSource("chats")
    void badChatIsRefusedByTheNameOfItsField(String body, @Nullable String param, String code) {
        assertRefused(server.post("/v1/chat/completions", body), param, code);
    }

    @ParameterizedTest
    @MethodSource("completions")
    void badCompletionIsRefusedByTheNameOfItsField(String body, String param, String code) {
        assertRefused(server.post("/v1/completions", body), param, code);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sesame",
                "{\"a\": sesame}",
                "{\"messages\":[{\"role\":\"user\",\"content\":\"open sesame",
                "{\"messages\":\"sesame\"}",
                "{\"messages\":[{\"role\":\"sesame\",\"content\":\"sesame\"}]}",
                "{\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"sesame\"}]}]}",
                "{\"messages\":[{\"role\":\"user\",\"content\":\"sesame\"}],\"stop\":{\"a\":\"sesame\"}}",
                "{\"messages\":[{\"role\":\"user\",\"content\":\"sesame\"}],\"priority\":\"sesame\"}",
                "{\"messages\":[{\"role\":\"user\",\"content\":\"sesame\"}],\"temperature\":\"sesame\"}",
                "{\"messages\":[{\"role\":\"sesame\",\"content\":\"sesame\"}],\"items\":[\"sesame\"]}",
                "{\"items\":{\"a\":\"sesame\"}}"
            })
    void noErrorRepeatsWhatWasSaid(String body) {
        HttpResponse<String> response = server.post("/v1/chat/completions", body);
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).doesNotContain("sesame");
    }

    private void assertRefused(HttpResponse<String> response, @Nullable String param, String code) {
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.headers().firstValue("x-request-id")).isPresent();
        assertThat(response.headers().firstValue("content-type")).hasValue("application/json");
        JsonNode error = TestServer.json(response).get("error");
        assertThat(error.get("param").isNull() ? null : error.get("param").stringValue())
                .isEqualTo(param);
        assertThat(error.get("code").stringValue()).isEqualTo(code);
        assertThat(error.get("type").stringValue()).isEqualTo("invalid_request_error");
        assertThat(error.get("message").stringValue()).isNotBlank();
        assertThat(server.client.submitted).isEmpty();
    }
}
