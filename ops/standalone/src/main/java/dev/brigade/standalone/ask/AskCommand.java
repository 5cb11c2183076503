package dev.brigade.standalone.ask;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
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
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code ask}: streams the answer of the REST adapter, token by token. The answer alone goes where
 * answers go; drafts and the summary are notes beside it.
 */
public final class AskCommand {

    private static final int MAX_ERROR_BYTES = 64 << 10;
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration FIRST_BYTE = Duration.ofSeconds(150);

    private final String restUrl;
    private final PrintStream out;
    private final Notes notes;
    private final Consumer<String> say;

    /**
     * @param out takes the answer
     * @param notes takes drafts and the summary
     * @param say takes lines about what went wrong
     */
    public AskCommand(String restUrl, PrintStream out, Notes notes, Consumer<String> say) {
        this.restUrl = restUrl;
        this.out = out;
        this.notes = notes;
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
            return answer.statusCode() == 200 ? print(question, answer) : refused(answer);
        } catch (ConnectException e) {
            say.accept("nothing answers at " + restUrl + ": start the system with ops/brigade up");
            return 1;
        } catch (IOException e) {
            say.accept("the connection to " + restUrl + " broke: " + e.getMessage());
            return 1;
        }
    }

    private int print(Question question, HttpResponse<InputStream> answer) throws IOException {
        AnswerStream stream = new AnswerStream(out, notes);
        Optional<String> failure;
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
            failure = stream.read(lines);
        }
        out.println();
        stream.summary()
                .filter(summary -> question.asksForOrchestration() || summary.manyStages())
                .ifPresent(summary -> notes.line(summary.line(requestId(answer))));
        failure.ifPresent(say);
        return failure.isEmpty() ? 0 : 1;
    }

    private static String requestId(HttpResponse<InputStream> answer) {
        return answer.headers().firstValue("x-request-id").orElse("unknown");
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
