package dev.brigade.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ShutdownTest {

    @Test
    void callsThatAreOpenWhenTheServerStopsAreToldSoAndTheirRequestsGoOn() throws Exception {
        CountDownLatch taken = new CountDownLatch(2);
        TestServer server =
                new TestServer("spring.lifecycle.timeout-per-shutdown-phase=1s").connected();
        server.client.script =
                request -> {
                    request.start();
                    request.say("Hel");
                    taken.countDown();
                    request.awaitLeft();
                };
        String chat = "{\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]";
        CompletableFuture<HttpResponse<String>> plain =
                CompletableFuture.supplyAsync(
                        () -> server.post("/v1/chat/completions", chat + "}"));
        CompletableFuture<List<String>> streamed =
                CompletableFuture.supplyAsync(() ->
                        server.lines("/v1/chat/completions", chat + ",\"stream\":true}")
                                .filter(line -> !line.isEmpty())
                                .toList());
        assertThat(taken.await(10, TimeUnit.SECONDS)).isTrue();
        server.stop();
        assertThat(plain.get(5, TimeUnit.SECONDS).statusCode()).isEqualTo(503);
        assertThat(plain.get().headers().firstValue("x-request-id"))
                .hasValue(TestingClient.REQUEST_ID);
        assertThat(streamed.get(5, TimeUnit.SECONDS).getLast())
                .startsWith("data: {\"error\":")
                .contains("\"code\":\"not_ready\"");
        assertThat(server.client.cancelled).isEmpty();
        server.close();
    }
}
