package dev.brigade.dispatcher.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program before there is a Kafka. */
final class DispatcherTest {

    @Test
    void whatItCountsIsShownBesideItsHealth(@TempDir Path stateDir) throws Exception {
        int port = freePort();
        var settings =
                DispatcherSettingsTest.settings(
                        Map.of(
                                "brigade.dispatcher.health-port", Integer.toString(port),
                                "brigade.dispatcher.config-dir", "../../config",
                                "brigade.dispatcher.state-dir", stateDir.toString()));
        try (var dispatcher = new Dispatcher(settings);
                HttpClient http = HttpClient.newHttpClient()) {
            assertThat(dispatcher.ended()).isNotDone();
            HttpResponse<String> ready = get(http, port, "/health/ready");
            HttpResponse<String> metrics = get(http, port, "/metrics");

            assertThat(ready.statusCode()).isEqualTo(503);
            assertThat(metrics.statusCode()).isEqualTo(200);
            assertThat(metrics.body())
                    .contains("brigade_streams_records_lag 0.0")
                    .contains("jvm_memory_used_bytes")
                    .contains("brigade_requests_open{kind=\"batch\"} 0.0");
        }
    }

    private static HttpResponse<String> get(HttpClient http, int port, String path)
            throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
