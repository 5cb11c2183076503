package dev.brigade.contract.serde;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A registry that speaks Confluent's REST API. Schemas are registered under their full names;
 * answers are kept.
 */
public final class HttpSchemaRegistry implements SchemaRegistry {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final int MAX_KEPT = 10_000;
    private static final String JSON = "application/vnd.schemaregistry.v1+json";

    private final String url;
    private final HttpClient http = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
    private final JsonMapper json = JsonMapper.shared();
    private final Map<Schema, Integer> ids = new ConcurrentHashMap<>();
    private final Map<Integer, Schema> schemas = new ConcurrentHashMap<>();

    /**
     * @param url base of the API, such as {@code http://registry:8081}
     */
    public HttpSchemaRegistry(String url) {
        this.url = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }

    @Override
    public int idOf(Schema schema) {
        return ids.computeIfAbsent(schema, this::register);
    }

    @Override
    public Optional<Schema> byId(int id) {
        Schema kept = schemas.get(id);
        if (kept != null) {
            return Optional.of(kept);
        }
        HttpResponse<String> answer = send(request("/schemas/ids/" + id).GET().build());
        if (answer.statusCode() == 404) {
            return Optional.empty();
        }
        Schema schema =
                new Schema.Parser()
                        .parse(body(answer, "read schema " + id).path("schema").asString());
        if (schemas.size() < MAX_KEPT) {
            schemas.put(id, schema);
        }
        return Optional.of(schema);
    }

    private int register(Schema schema) {
        String body = json.writeValueAsString(Map.of("schema", schema.toString()));
        HttpRequest request =
                request("/subjects/" + schema.getFullName() + "/versions")
                        .header("Content-Type", JSON)
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build();
        return body(send(request), "register " + schema.getFullName()).path("id").asInt();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(url + path))
                .timeout(TIMEOUT)
                .header("Accept", JSON);
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IllegalStateException("the schema registry does not answer: " + url, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for the schema registry", e);
        }
    }

    private JsonNode body(HttpResponse<String> answer, String what) {
        if (answer.statusCode() != 200) {
            throw new IllegalStateException(
                    "the schema registry could not %s: status %d"
                            .formatted(what, answer.statusCode()));
        }
        return json.readTree(answer.body());
    }
}
