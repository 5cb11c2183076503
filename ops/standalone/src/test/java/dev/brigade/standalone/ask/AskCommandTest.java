package dev.brigade.standalone.ask;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class AskCommandTest {

    private static final Question QUESTION =
            Question.parse(List.of("Warum?", "--model", "m1", "--priority", "high"));

    private final ByteArrayOutputStream terminal = new ByteArrayOutputStream();
    private final ByteArrayOutputStream noted = new ByteArrayOutputStream();
    private final List<String> complaints = new ArrayList<>();
    private final List<JsonNode> asked = new ArrayList<>();
    private HttpServer server;
    private String answer = "";
    private int status = 200;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 8);
        server.createContext(
                "/v1/chat/completions",
                exchange -> {
                    asked.add(JsonMapper.shared().readTree(exchange.getRequestBody()));
                    byte[] body = answer.getBytes(StandardCharsets.UTF_8);
                    exchange.getResponseHeaders().add("x-request-id", "r-7");
                    exchange.sendResponseHeaders(status, body.length);
                    exchange.getResponseBody().write(body);
                    exchange.close();
                });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void printsTheAnswerPieceByPiece() throws Exception {
        answer =
                """
                data: {"choices":[{"delta":{"role":"assistant","content":""}}]}

                data: {"choices":[{"delta":{"content":"Weil "}}]}

                : keep-alive

                data: {"choices":[{"delta":{"content":"schön 🌻."}}]}

                data: {"choices":[{"delta":{},"finish_reason":"stop"}]}

                data: [DONE]

                """;

        assertThat(ask()).isZero();
        assertThat(terminal.toString(StandardCharsets.UTF_8))
                .isEqualToIgnoringNewLines("Weil schön 🌻.");
        assertThat(complaints).isEmpty();
        JsonNode body = asked.getFirst();
        assertThat(body.path("model").asString()).isEqualTo("m1");
        assertThat(body.path("priority").asString()).isEqualTo("high");
        assertThat(body.path("stream").asBoolean()).isTrue();
        assertThat(body.path("messages").path(0).path("content").asString()).isEqualTo("Warum?");
    }

    @Test
    void failsWhenTheStreamCarriesAnError() throws Exception {
        answer =
                """
                data: {"choices":[{"delta":{"content":"Weil"}}]}

                data: {"error":{"message":"the worker is gone","code":"attempt_lost"}}

                """;

        assertThat(ask()).isEqualTo(1);
        assertThat(complaints).containsExactly("the worker is gone");
    }

    @Test
    void failsWhenTheStreamBreaksOff() throws Exception {
        answer = "data: {\"choices\":[{\"delta\":{\"content\":\"Weil\"}}]}\n\n";

        assertThat(ask()).isEqualTo(1);
        assertThat(complaints).containsExactly("the stream ended before the answer did");
    }

    @Test
    void saysWhyTheRequestWasRefused() throws Exception {
        status = 404;
        answer = "{\"error\":{\"message\":\"there is no model m1\",\"code\":\"model_not_found\"}}";

        assertThat(ask()).isEqualTo(1);
        assertThat(complaints).containsExactly("refused with status 404: there is no model m1");
    }

    @Test
    void showsARefusalThatIsNotJsonAsItCame() throws Exception {
        status = 502;
        answer = "bad gateway\n";

        assertThat(ask()).isEqualTo(1);
        assertThat(complaints).containsExactly("refused with status 502: bad gateway");
    }

    @Test
    void saysHowToStartTheSystemWhenNothingAnswers() throws Exception {
        String url = url();
        server.stop(0);

        assertThat(command(url).run(QUESTION)).isEqualTo(1);
        assertThat(complaints).singleElement().asString().contains("ops/brigade up");
    }

    @Test
    void showsDraftsBesideTheAnswerAndASummaryInTheEnd() throws Exception {
        answer =
                """
                data: {"choices":[],"stage":{"name":"draft","model":"fast","delta":"Fast ","reset":false,"retracted":false}}

                data: {"choices":[],"stage":{"name":"draft","model":"fast","delta":"said."}}

                data: {"choices":[],"stage":{"name":"refine","model":"big","delta":"Big said."}}

                data: {"choices":[{"delta":{"content":"Weil."}}]}

                data: {"choices":[{"delta":{},"finish_reason":"stop"}],"orchestration":{"mode":"pipeline","models_used":["fast","big"],"rounds":1,"confidence":0.875,"confidence_method":"validator_score","skipped":[{"stage":"validate","reason":"deadline"}],"stages":[{"prompt_tokens":3,"completion_tokens":4},{"prompt_tokens":10,"completion_tokens":5}],"total_inference_time_ms":1240}}

                data: [DONE]

                """;

        int code = ask(Question.parse(List.of("Warum?", "--mode", "pipeline", "--stages")));

        assertThat(code).isZero();
        assertThat(terminal.toString(StandardCharsets.UTF_8)).isEqualToIgnoringNewLines("Weil.");
        assertThat(noted.toString(StandardCharsets.UTF_8).lines())
                .containsExactly(
                        "draft (fast): Fast said.",
                        "refine (big): Big said.",
                        "[pipeline: 2 stages, 1 round, fast + big, confidence 0.88 by"
                                + " validator_score, skipped validate, 22 tokens, 1.2 s of models;"
                                + " ops/brigade saga show r-7]");
        assertThat(asked.getFirst().path("orchestration_mode").asString()).isEqualTo("pipeline");
        assertThat(asked.getFirst().path("stream_stages").asBoolean()).isTrue();
        assertThat(asked.getFirst().path("model").asString()).isEqualTo("auto");
    }

    @Test
    void aSingleCallHasNoSummaryUnlessItWasAskedFor() throws Exception {
        answer =
                """
                data: {"choices":[{"delta":{"content":"Weil."}}],"orchestration":{"mode":"single","stages":[{}]}}

                data: [DONE]

                """;

        assertThat(ask()).isZero();

        assertThat(noted.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    private int ask() throws InterruptedException {
        return ask(QUESTION);
    }

    private int ask(Question question) throws InterruptedException {
        return command(url()).run(question);
    }

    private AskCommand command(String url) {
        return new AskCommand(
                url,
                new PrintStream(terminal, true, StandardCharsets.UTF_8),
                new Notes(new PrintStream(noted, true, StandardCharsets.UTF_8), false),
                complaints::add);
    }

    private String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }
}
