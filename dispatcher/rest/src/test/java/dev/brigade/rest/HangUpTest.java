package dev.brigade.rest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.brigade.client.StageUpdate;
import dev.brigade.contract.error.ErrorCode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HangUpTest {

    private static final Duration SOON = Duration.ofSeconds(3);

    private TestServer server;
    private final CountDownLatch taken = new CountDownLatch(1);

    @BeforeEach
    void start() {
        server =
                new TestServer("server.tomcat.connection-timeout=1s", "brigade.rest.keep-alive=30s")
                        .connected();
        server.client.script =
                request -> {
                    taken.countDown();
                    request.awaitLeft();
                };
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aClientThatHangsUpInTheQueueCancelsItsPlainRequest() throws Exception {
        hangUpWhileTaken("");
        await().atMost(SOON).until(() -> !server.client.cancelled.isEmpty());
    }

    @Test
    void aClientThatHangsUpInTheQueueCancelsItsStreamBeforeAnyComment() throws Exception {
        hangUpWhileTaken(",\"stream\":true");
        await().atMost(SOON).until(() -> !server.client.cancelled.isEmpty());
    }

    @Test
    void aClientThatHangsUpInMidAnswerCancelsIt() throws Exception {
        server.client.script =
                request -> {
                    request.start();
                    while (!request.isLeft()) {
                        request.say("word ");
                    }
                };
        try (Socket socket = post(",\"stream\":true")) {
            assertThat(reader(socket).readLine()).isEqualTo("HTTP/1.1 200 ");
        }
        await().atMost(SOON).until(() -> !server.client.cancelled.isEmpty());
    }

    @Test
    void aClientThatHangsUpWhileDraftsAreWrittenCancelsItsRequest() throws Exception {
        server.client.script =
                request -> {
                    while (!request.isLeft()) {
                        request.stage(new StageUpdate.Text("draft", "tiny", "word "));
                    }
                };
        try (Socket socket = post(",\"stream\":true,\"stream_stages\":true")) {
            assertThat(reader(socket).readLine()).isEqualTo("HTTP/1.1 200 ");
        }
        await().atMost(SOON).until(() -> !server.client.cancelled.isEmpty());
    }

    @Test
    void aClientThatReadsNothingIsGivenUpAndHoldsNoMemory() throws Exception {
        String piece = "x".repeat(10_000);
        server.client.script =
                request -> {
                    request.start();
                    while (!request.isLeft()) {
                        request.say(piece);
                    }
                };
        try (Socket socket = post(",\"stream\":true")) {
            await().atMost(Duration.ofSeconds(10)).until(() -> !server.client.cancelled.isEmpty());
            assertThat(socket.isClosed()).isFalse();
        }
    }

    @Test
    void aReaderOfAnEarlierRequestMayLeaveWithoutCancellingIt() throws Exception {
        CountDownLatch left = new CountDownLatch(1);
        server.client.script =
                request -> {
                    taken.countDown();
                    request.awaitLeft();
                    left.countDown();
                };
        String path = "/v1/requests/" + TestingClient.REQUEST_ID + "/stream";
        try (Socket socket = connect()) {
            send(socket, "GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(taken.await(5, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(left.await(3, TimeUnit.SECONDS)).isTrue();
        assertThat(server.client.cancelled).isEmpty();
    }

    @Test
    void aRequestSentAheadOnTheSameConnectionIsNotTakenForAHangUp() throws Exception {
        CountDownLatch sentAhead = new CountDownLatch(1);
        server.client.script =
                request -> {
                    taken.countDown();
                    sentAhead.await();
                    // Several looks at the connection while the second request waits in it.
                    await().during(Duration.ofMillis(800)).until(() -> !request.isLeft());
                    request.fail(ErrorCode.QUEUE_FULL, "full");
                };
        try (Socket socket = post("")) {
            assertThat(taken.await(5, TimeUnit.SECONDS)).isTrue();
            send(socket, "GET /health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
            sentAhead.countDown();
            assertThat(reader(socket).lines().toList())
                    .anyMatch(line -> line.startsWith("HTTP/1.1 429"))
                    .anyMatch(line -> line.contains("brigade-rest"));
        }
        assertThat(server.client.cancelled).isEmpty();
    }

    private void hangUpWhileTaken(String more) throws Exception {
        try (Socket socket = post(more)) {
            assertThat(taken.await(5, TimeUnit.SECONDS)).isTrue();
            assertThat(socket.isConnected()).isTrue();
        }
    }

    private Socket post(String more) throws IOException {
        String body = "{\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]%s}".formatted(more);
        return server.postAndWait("/v1/chat/completions", body);
    }

    private Socket connect() throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), server.port());
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(UTF_8));
        socket.getOutputStream().flush();
    }

    private static BufferedReader reader(Socket socket) throws IOException {
        return new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
    }
}
