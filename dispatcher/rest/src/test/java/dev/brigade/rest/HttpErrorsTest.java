package dev.brigade.rest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HttpErrorsTest {

    private static final String HI = "{\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";

    private TestServer server;

    @BeforeAll
    void start() {
        server =
                new TestServer(
                                "brigade.rest.max-body=100KB",
                                "brigade.rest.max-body-memory=150KB",
                                "brigade.rest.max-concurrent-requests=2")
                        .connected();
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /nothing, 404, unknown_url",
        "GET, /error, 404, unknown_url",
        "GET, /, 404, unknown_url",
        "GET, /v1/audio/speech, 404, unknown_url",
        "GET, /v1/chat/completions, 405, method_not_allowed",
        "DELETE, /v1/models, 405, method_not_allowed",
        "PUT, /v1/requests/x, 405, method_not_allowed",
        "GET, /v1/models/none, 404, model_not_found",
        "GET, /v1/requests/none, 404, request_not_found",
        "DELETE, /v1/requests/none, 404, request_not_found",
        "GET, /v1/requests/none/stream?starting_after=-1, 400, invalid_request",
        "GET, /v1/requests/none/stream?starting_after=x, 400, invalid_request"
    })
    void everyErrorIsOpenAisJson(String method, String path, int status, String code) {
        HttpResponse<String> response =
                server.send(server.request(path).method(method, BodyPublishers.noBody()));
        assertError(response, status, code);
    }

    @Test
    void theAnswerIsJsonWhateverTheClientAccepts() {
        HttpResponse<String> response =
                server.send(server.request("/nothing").header("Accept", "text/html").GET());
        assertError(response, 404, "unknown_url");
    }

    @ParameterizedTest
    @CsvSource({
        "text/plain",
        "application/x-www-form-urlencoded",
        "application/json; charset=iso-8859-1",
        "nonsense"
    })
    void aBodyThatIsNotJsonInUtf8IsRefused(String contentType) {
        HttpResponse<String> response =
                server.send(
                        server.request("/v1/chat/completions")
                                .header("Content-Type", contentType)
                                .POST(BodyPublishers.ofString(HI)));
        assertError(response, 415, "unsupported_media_type");
    }

    @Test
    void aBodyOverTheLimitIsRefusedWithAndWithoutItsLengthAnnounced() {
        byte[] large = new byte[200_000];
        var announced =
                server.request("/v1/chat/completions")
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofByteArray(large));
        assertError(server.send(announced), 413, "request_too_large");
        var chunked =
                server.request("/v1/chat/completions")
                        .header("Content-Type", "application/json")
                        .POST(
                                BodyPublishers.ofInputStream(
                                        () -> new java.io.ByteArrayInputStream(large)));
        assertError(server.send(chunked), 413, "request_too_large");
        assertThat(server.post("/v1/chat/completions", HI).statusCode()).isEqualTo(200);
    }

    @Test
    void aBodyThatBreaksOffOrIsNotUtf8IsRefused() throws IOException {
        String broken =
                exchange(
                        "POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
                                + "Content-Type: application/json\r\nContent-Length: 3\r\n\r\n\"\377\"",
                        java.nio.charset.StandardCharsets.ISO_8859_1);
        assertThat(broken).startsWith("HTTP/1.1 400").contains("\"code\":\"invalid_request\"");
    }

    @Test
    void whatTomcatItselfRefusesIsJsonToo() throws IOException {
        String answer = exchange("GET /a|b{} HTTP/1.1\r\nHost: x\r\n\r\n", UTF_8);
        assertThat(answer)
                .startsWith("HTTP/1.1 400")
                .contains("application/json", "x-request-id", "\"code\":\"invalid_request\"");
    }

    @Test
    void oneRequestTooManyIsToldWhenToComeBack() throws Exception {
        CountDownLatch taken = new CountDownLatch(2);
        CountDownLatch free = new CountDownLatch(1);
        server.client.script =
                request -> {
                    taken.countDown();
                    free.await();
                    request.done();
                };
        var first = CompletableFuture.supplyAsync(this::hi);
        var second = CompletableFuture.supplyAsync(this::hi);
        try {
            assertThat(taken.await(5, TimeUnit.SECONDS)).isTrue();
            HttpResponse<String> third = hi();
            assertError(third, 429, "too_many_requests");
            assertThat(third.headers().firstValue("retry-after")).hasValue("1");
        } finally {
            free.countDown();
            server.client.script = TestingClient.answering("again");
        }
        assertThat(first.get(5, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
        assertThat(second.get(5, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
        assertThat(hi().statusCode()).isEqualTo(200);
    }

    private HttpResponse<String> hi() {
        return server.post("/v1/chat/completions", HI);
    }

    private String exchange(String request, java.nio.charset.Charset charset) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.getOutputStream().write(request.getBytes(charset));
            socket.getOutputStream().flush();
            return new String(socket.getInputStream().readAllBytes(), UTF_8);
        }
    }

    private static void assertError(HttpResponse<String> response, int status, String code) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.headers().firstValue("content-type")).hasValue("application/json");
        assertThat(response.headers().firstValue("x-request-id")).isPresent();
        var error = TestServer.json(response).get("error");
        assertThat(error.get("code").stringValue()).isEqualTo(code);
        assertThat(error.propertyNames()).containsExactly("message", "type", "param", "code");
    }
}
