package dev.brigade.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.contract.error.ErrorCode;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AnswersTest {

    private static final String CHAT =
            "{\"messages\":[{\"role\":\"user\",\"content\":\"a secret\"}]%s}";
    private static final String STREAM = CHAT.formatted(",\"stream\":true");
    private static final String WITH_USAGE =
            CHAT.formatted(",\"stream\":true,\"stream_options\":{\"include_usage\":true}");

    private TestServer server;

    @BeforeAll
    void start() {
        server = new TestServer("brigade.rest.keep-alive=200ms").connected();
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @BeforeEach
    void answer() {
        server.client.script = TestingClient.answering("Hel", "lo \"ünï\"\n");
    }

    @Test
    void aWholeChatIsOpenAisObject() {
        HttpResponse<String> response = server.post("/v1/chat/completions", CHAT.formatted(""));
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("content-type")).hasValue("application/json");
        assertThat(response.headers().firstValue("x-request-id"))
                .hasValue(TestingClient.REQUEST_ID);
        assertThat(response.body())
                .isEqualTo(
                        """
                        {"id":"chatcmpl-ID","object":"chat.completion","created":CREATED,\
                        "model":"tiny","choices":[{"index":0,"message":{"role":"assistant",\
                        "content":"Hello \\"ünï\\"\\n","refusal":null},"logprobs":null,\
                        "finish_reason":"stop"}],"usage":{"prompt_tokens":7,\
                        "completion_tokens":2,"total_tokens":9}}\
                        """
                                .replace("ID", TestingClient.REQUEST_ID)
                                .replace("CREATED", created()));
    }

    @Test
    void aStreamedChatIsOpenAisEvents() {
        HttpResponse<String> response = server.post("/v1/chat/completions", STREAM);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("content-type"))
                .hasValue("text/event-stream;charset=UTF-8");
        assertThat(response.headers().firstValue("cache-control")).hasValue("no-cache");
        assertThat(response.headers().firstValue("x-request-id"))
                .hasValue(TestingClient.REQUEST_ID);
        assertThat(response.body())
                .isEqualTo(
                        chunk("{\"role\":\"assistant\",\"content\":\"\"}", "null")
                                + chunk("{\"content\":\"Hel\"}", "null")
                                + chunk("{\"content\":\"lo \\\"ünï\\\"\\n\"}", "null")
                                + chunk("{}", "\"stop\"")
                                + "data: [DONE]\n\n");
    }

    @Test
    void usageComesLastInAPieceWithoutChoices() {
        HttpResponse<String> response = server.post("/v1/chat/completions", WITH_USAGE);
        String none = ",\"usage\":null}\n\n";
        assertThat(response.body())
                .isEqualTo(
                        open(chunk("{\"role\":\"assistant\",\"content\":\"\"}", "null"))
                                + none
                                + open(chunk("{\"content\":\"Hel\"}", "null"))
                                + none
                                + open(chunk("{\"content\":\"lo \\\"ünï\\\"\\n\"}", "null"))
                                + none
                                + open(chunk("{}", "\"stop\""))
                                + none
                                + head("chatcmpl-", "chat.completion.chunk")
                                + "\"choices\":[],\"usage\":{\"prompt_tokens\":7,"
                                + "\"completion_tokens\":2,\"total_tokens\":9}}\n\n"
                                + "data: [DONE]\n\n");
    }

    @Test
    void aWholeAndAStreamedCompletionAreTextCompletions() {
        assertThat(server.post("/v1/completions", "{\"prompt\":\"p\"}").body())
                .isEqualTo(
                        head("cmpl-", "text_completion").substring("data: ".length())
                                + "\"choices\":[{\"text\":\"Hello \\\"ünï\\\"\\n\",\"index\":0,"
                                + "\"logprobs\":null,\"finish_reason\":\"stop\"}],"
                                + "\"usage\":{\"prompt_tokens\":7,\"completion_tokens\":2,"
                                + "\"total_tokens\":9}}");
        assertThat(server.post("/v1/completions", "{\"prompt\":\"p\",\"stream\":true}").body())
                .isEqualTo(
                        piece("Hel", "null")
                                + piece("lo \\\"ünï\\\"\\n", "null")
                                + piece("", "\"stop\"")
                                + "data: [DONE]\n\n");
    }

    @Test
    void anErrorInMidStreamIsTheLastEvent() {
        server.client.script =
                request -> {
                    request.start();
                    request.say("Hel");
                    request.fail(ErrorCode.ATTEMPT_LOST, "the worker is gone");
                };
        HttpResponse<String> response = server.post("/v1/chat/completions", STREAM);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body())
                .isEqualTo(
                        chunk("{\"role\":\"assistant\",\"content\":\"\"}", "null")
                                + chunk("{\"content\":\"Hel\"}", "null")
                                + "data: {\"error\":{\"message\":\"the worker is gone\","
                                + "\"type\":\"server_error\",\"param\":null,"
                                + "\"code\":\"attempt_lost\"}}\n\n");
    }

    @ParameterizedTest
    @EnumSource(ErrorCode.class)
    void aFailureBeforeTheFirstEventIsAStatusWhetherStreamedOrNot(ErrorCode code) {
        server.client.script = request -> request.fail(code, "no");
        for (String body : new String[] {STREAM, CHAT.formatted("")}) {
            HttpResponse<String> response = server.post("/v1/chat/completions", body);
            assertThat(response.statusCode()).isEqualTo(code.httpStatus());
            assertThat(response.headers().firstValue("x-request-id"))
                    .hasValue(TestingClient.REQUEST_ID);
            JsonNode error = TestServer.json(response).get("error");
            assertThat(error.get("code").stringValue()).isEqualTo(code.wireName());
            assertThat(error.get("type").stringValue()).isEqualTo(code.type().wireName());
            assertThat(response.headers().firstValue("retry-after").isPresent())
                    .isEqualTo(code.httpStatus() == 429 || code.httpStatus() == 503);
        }
    }

    @Test
    void aSilentStreamIsKeptAliveWithComments() {
        CountDownLatch seen = new CountDownLatch(2);
        server.client.script =
                request -> {
                    seen.await();
                    request.fail(ErrorCode.DEADLINE_EXCEEDED, "too late");
                };
        List<String> lines =
                server.lines("/v1/chat/completions", STREAM)
                        .peek(line -> {
                            if (line.equals(": keep-alive")) {
                                seen.countDown();
                            }
                        })
                        .filter(line -> !line.isEmpty())
                        .toList();
        assertThat(lines).startsWith(": keep-alive", ": keep-alive");
        assertThat(lines.getLast()).endsWith("\"code\":\"deadline_exceeded\"}}");
    }

    private static String chunk(String delta, String finishReason) {
        return head("chatcmpl-", "chat.completion.chunk")
                + "\"choices\":[{\"index\":0,\"delta\":%s,\"logprobs\":null,\"finish_reason\":%s}]}\n\n"
                        .formatted(delta, finishReason);
    }

    private static String piece(String text, String finishReason) {
        return head("cmpl-", "text_completion")
                + "\"choices\":[{\"text\":\"%s\",\"index\":0,\"logprobs\":null,\"finish_reason\":%s}]}\n\n"
                        .formatted(text, finishReason);
    }

    private static String head(String prefix, String object) {
        return "data: {\"id\":\"%s%s\",\"object\":\"%s\",\"created\":%s,\"model\":\"tiny\","
                .formatted(prefix, TestingClient.REQUEST_ID, object, created());
    }

    /** A chunk without its end. */
    private static String open(String chunk) {
        return chunk.substring(0, chunk.length() - "}\n\n".length());
    }

    private static String created() {
        String hex = TestingClient.REQUEST_ID.replace("-", "").substring(0, 12);
        return Long.toString(Long.parseLong(hex, 16) / 1000);
    }
}
