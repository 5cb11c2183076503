package dev.brigade.rest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import org.junit.jupiter.api.Test;

class BodyMemoryTest {

    private static final String LARGE =
            "{\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]}".formatted("x".repeat(70_000));

    @Test
    void bodiesThatComeSlowlyHoldOnlySoMuchMemoryAndGiveItBack() throws IOException {
        try (TestServer server =
                new TestServer("brigade.rest.max-body=100KB", "brigade.rest.max-body-memory=100KB")
                        .connected()) {
            try (Socket one = stalled(server);
                    Socket other = stalled(server)) {
                await().until(() -> status(server) == 429);
                one.shutdownOutput();
                other.shutdownOutput();
            }
            await().until(() -> status(server) == 200);
        }
    }

    private static int status(TestServer server) {
        return server.post("/v1/chat/completions", LARGE).statusCode();
    }

    private static Socket stalled(TestServer server) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
        String head =
                """
                POST /v1/chat/completions HTTP/1.1\r
                Host: x\r
                Content-Type: application/json\r
                Content-Length: 90000\r
                \r
                """;
        socket.getOutputStream().write((head + LARGE).getBytes(UTF_8));
        socket.getOutputStream().flush();
        return socket;
    }
}
