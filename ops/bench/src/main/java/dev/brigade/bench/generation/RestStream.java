package dev.brigade.bench.generation;

import dev.brigade.bench.programs.BenchModel;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Iterator;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Requests through the REST adapter, as server-sent events. */
final class RestStream implements Way {

    private static final String DATA = "data: ";
    private static final String LAST = "[DONE]";

    private final JsonMapper json = JsonMapper.shared();
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI chat;

    RestStream(URI base) {
        this.chat = base.resolve("/v1/chat/completions");
    }

    @Override
    public String name() {
        return "REST";
    }

    @Override
    public Generated generate(Prompt prompt) throws InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(chat)
                        .timeout(Way.LIMIT)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body(prompt)))
                        .build();
        Text text = new Text();
        try {
            HttpResponse<Stream<String>> response = http.send(request, BodyHandlers.ofLines());
            try (Stream<String> lines = response.body()) {
                if (response.statusCode() != 200) {
                    throw new IllegalStateException("REST answers " + response.statusCode());
                }
                return text.generated(read(lines.iterator(), text));
            }
        } catch (IOException e) {
            throw new IllegalStateException("no answer through REST", e);
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }

    /** Reads to the end and returns how many tokens the last event counts. */
    private int read(Iterator<String> lines, Text text) {
        int tokens = -1;
        while (lines.hasNext()) {
            String line = lines.next();
            if (line.equals(DATA + LAST)) {
                if (tokens < 0) {
                    break;
                }
                return tokens;
            }
            if (line.startsWith(DATA)) {
                JsonNode event = json.readTree(line.substring(DATA.length()));
                text.append(
                        event.path("choices").path(0).path("delta").path("content").asString(""));
                tokens = event.path("usage").path("completion_tokens").asInt(tokens);
            }
        }
        throw new IllegalStateException("the stream ended without its usage and its mark");
    }

    private String body(Prompt prompt) {
        ObjectNode body = json.createObjectNode();
        body.put("model", BenchModel.ID);
        body.putArray("messages").addObject().put("role", "user").put("content", prompt.text());
        body.put("max_tokens", prompt.maxTokens());
        body.put("temperature", 0);
        body.put("seed", Way.SEED);
        body.put("stream", true);
        body.putObject("stream_options").put("include_usage", true);
        return json.writeValueAsString(body);
    }
}
