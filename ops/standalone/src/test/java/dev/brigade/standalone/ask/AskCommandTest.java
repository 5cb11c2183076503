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
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class AskCommandTest {

    private static final Question QUESTION = new Question("Warum?", "m1", Optional.of("high"));

    private final ByteArrayOutputStream terminal = new ByteArrayOutputStream();
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

        assertThat(new AskCommand(url, new PrintStream(terminal), complaints::add).run(QUESTION))
                .isEqualTo(1);
        assertThat(complaints).singleElement().asString().contains("ops/brigade up");
    }

    private int ask() throws InterruptedException {
        var out = new PrintStream(terminal, true, StandardCharsets.UTF_8);
        return new AskCommand(url(), out, complaints::add).run(QUESTION);
    }

    private String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }
}
