package dev.brigade.standalone.up;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Asks a program whether it can work. */
final class Readiness implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    private final HttpClient http = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();

    /** Why the program cannot work yet; empty when it can. */
    Optional<String> obstacle(URI ready) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(ready).timeout(TIMEOUT).build();
        try {
            HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
            return answer.statusCode() == 200
                    ? Optional.empty()
                    : Optional.of(reason(answer.body()));
        } catch (IOException e) {
            return Optional.of("starting");
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }

    private static String reason(String body) {
        try {
            JsonNode reason = JsonMapper.shared().readTree(body).path("reason");
            return reason.isString() ? reason.asString() : body.strip();
        } catch (JacksonException e) {
            return body.strip();
        }
    }
}
