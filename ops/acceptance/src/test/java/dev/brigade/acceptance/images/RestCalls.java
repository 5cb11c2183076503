package dev.brigade.acceptance.images;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Calls of the REST adapter as any HTTP client makes them. */
final class RestCalls {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration LIMIT = Duration.ofSeconds(90);

    private final URI base;

    RestCalls(URI base) {
        this.base = base;
    }

    /** An answer. */
    record Answered(int status, String body, String requestId) {

        JsonNode json() {
            return JSON.readTree(body);
        }

        /** The code of an error. */
        String code() {
            return json().path("error").path("code").asString("");
        }
    }

    static String quoted(String text) {
        return JSON.writeValueAsString(text);
    }

    Answered post(String path, String json) {
        return send(
                HttpRequest.newBuilder(base.resolve(path))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(json)));
    }

    Answered get(String path) {
        return send(HttpRequest.newBuilder(base.resolve(path)));
    }

    private static Answered send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response =
                    HTTP.send(request.timeout(LIMIT).build(), HttpResponse.BodyHandlers.ofString());
            return new Answered(
                    response.statusCode(),
                    response.body(),
                    response.headers().firstValue("x-request-id").orElse(""));
        } catch (IOException e) {
            throw new AssertionError("the REST adapter did not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
