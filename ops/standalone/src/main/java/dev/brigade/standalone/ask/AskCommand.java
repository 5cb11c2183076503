package dev.brigade.standalone.ask;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code ask}: streams the answer of the REST adapter to the terminal, token by token. */
public final class AskCommand {

    private static final String DATA = "data:";
    private static final String DONE = "[DONE]";
    private static final int MAX_ERROR_BYTES = 64 << 10;
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration FIRST_BYTE = Duration.ofSeconds(150);

    private final String restUrl;
    private final PrintStream out;
    private final Consumer<String> say;

    /**
     * @param out takes the answer
     * @param say takes lines about what went wrong
     */
    public AskCommand(String restUrl, PrintStream out, Consumer<String> say) {
        this.restUrl = restUrl;
        this.out = out;
        this.say = say;
    }

    /** Asks, prints, and returns the exit code: 0 only after a whole answer. */
    public int run(Question question) throws InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(restUrl + "/v1/chat/completions"))
                        .timeout(FIRST_BYTE)
                        .header("Content-Type", "application/json")
                        .header("Accept", "text/event-stream")
                        .POST(
                                BodyPublishers.ofString(
                                        JsonMapper.shared().writeValueAsString(question.body())))
                        .build();
        try (HttpClient http = HttpClient.newBuilder().connectTimeout(CONNECT).build()) {
            HttpResponse<InputStream> answer = http.send(request, BodyHandlers.ofInputStream());
            return answer.statusCode() == 200 ? print(answer.body()) : refused(answer);
        } catch (ConnectException e) {
            say.accept("nothing answers at " + restUrl + ": start the system with ops/brigade up");
            return 1;
        } catch (IOException e) {
            say.accept("the connection to " + restUrl + " broke: " + e.getMessage());
            return 1;
        }
    }

    private int print(InputStream body) throws IOException {
        Optional<String> failure = Optional.of("the stream ended before the answer did");
        try (Stream<String> lines =
                new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8)).lines()) {
            for (String line : (Iterable<String>) lines::iterator) {
                String data = line.startsWith(DATA) ? line.substring(DATA.length()).strip() : "";
                if (data.equals(DONE)) {
                    failure = Optional.empty();
                    break;
                }
                Optional<String> error = data.isEmpty() ? Optional.empty() : piece(data);
                if (error.isPresent()) {
                    failure = error;
                    break;
                }
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        out.println();
        failure.ifPresent(say);
        return failure.isEmpty() ? 0 : 1;
    }

    /** Prints what a piece adds to the text; an error when it is one. */
    private Optional<String> piece(String data) {
        JsonNode json;
        try {
            json = JsonMapper.shared().readTree(data);
        } catch (JacksonException e) {
            return Optional.of("the stream holds a line that is not JSON");
        }
        if (json.has("error")) {
            return Optional.of(json.path("error").path("message").asString("unknown error"));
        }
        out.print(json.path("choices").path(0).path("delta").path("content").asString(""));
        out.flush();
        return Optional.empty();
    }

    private int refused(HttpResponse<InputStream> answer) throws IOException {
        try (InputStream in = answer.body()) {
            String body = new String(in.readNBytes(MAX_ERROR_BYTES), StandardCharsets.UTF_8);
            say.accept("refused with status " + answer.statusCode() + ": " + message(body));
        }
        return 1;
    }

    private static String message(String body) {
        try {
            return JsonMapper.shared()
                    .readTree(body)
                    .path("error")
                    .path("message")
                    .asString(body.strip());
        } catch (JacksonException e) {
            return body.strip();
        }
    }
}
