package dev.brigade.config.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.config.process.HealthEndpoint.Readiness;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class HealthEndpointTest {

    @Test
    void itSaysHowTheProgramIsAndHowMuchItWorks() throws Exception {
        Readiness[] now = {new Readiness.NotReady("no \"model\"\nyet")};
        try (HealthEndpoint endpoint =
                HealthEndpoint.start(0, "tester", () -> now[0], () -> "jobs_total 3\n")) {
            assertThat(get(endpoint, "/health").body())
                    .isEqualTo("{\"service\":\"tester\",\"status\":\"ok\"}");
            HttpResponse<String> waiting = get(endpoint, "/health/ready");
            assertThat(waiting.statusCode()).isEqualTo(503);
            assertThat(waiting.body())
                    .isEqualTo("{\"service\":\"tester\",\"reason\":\"no \\\"model\\\" yet\"}");
            now[0] = new Readiness.Ready("ready");
            assertThat(get(endpoint, "/health/ready").statusCode()).isEqualTo(200);
            HttpResponse<String> metrics = get(endpoint, "/metrics");
            assertThat(metrics.body()).isEqualTo("jobs_total 3\n");
            assertThat(metrics.headers().firstValue("Content-Type"))
                    .hasValue("text/plain; version=0.0.4");
        }
    }

    @Test
    void aProgramThatDoesNotCountHasNoMetrics() throws Exception {
        try (HealthEndpoint endpoint =
                HealthEndpoint.start(0, "tester", () -> new Readiness.Ready("ready"))) {
            assertThat(get(endpoint, "/metrics").statusCode()).isEqualTo(404);
        }
    }

    private static HttpResponse<String> get(HealthEndpoint endpoint, String path)
            throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + endpoint.port() + path);
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                    HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(10)).build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }
}
