package dev.brigade.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.contract.error.ErrorCode;
import dev.brigade.rest.openapi.SchemaCheck;
import dev.brigade.schema.Classification;
import dev.brigade.schema.Embeddings;
import dev.brigade.schema.LabelScore;
import dev.brigade.schema.ModelState;
import dev.brigade.schema.Ranking;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The document says what the server does: no route more or less, and answers as they are. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OpenApiTest {

    private static final Set<String> METHODS = Set.of("get", "post", "delete", "put", "patch");

    /** Of these an HTTP client never hears: they are reasons of dead letters, or are followed. */
    private static final Set<ErrorCode> NEVER_TOLD =
            EnumSet.of(
                    ErrorCode.INVALID_API_KEY,
                    ErrorCode.DUPLICATE_REQUEST,
                    ErrorCode.UNDECODABLE_RECORD,
                    ErrorCode.UNKNOWN_SCHEMA,
                    ErrorCode.NULL_VALUE,
                    ErrorCode.COMPENSATION_FAILED);

    private TestServer server;
    private JsonNode document;
    private SchemaCheck check;

    @BeforeAll
    void start(@TempDir Path folder) {
        server = new TestServer("brigade.payloads=" + folder).connected();
        document = TestServer.json(server.get("/openapi.json"));
        check = new SchemaCheck(document);
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @BeforeEach
    void forget() {
        server.client.forget();
        server.client.models = List.of(Models.model("tiny", ModelState.READY));
    }

    @Test
    void itIsOfThisVersionAndStandsAtBothPlaces() {
        assertThat(document.get("openapi").stringValue()).isEqualTo("3.1.0");
        assertThat(document.at("/info/version").stringValue()).matches("[0-9].*");
        assertThat(document.propertyNames()).allMatch(name -> !name.startsWith("x-"));
        assertThat(TestServer.json(server.get("/v3/api-docs"))).isEqualTo(document);
    }

    @Test
    void everyRouteIsDocumentedAndEveryDocumentedRouteIsThere() {
        Set<String> documented =
                document.get("paths").properties().stream()
                        .flatMap(path ->
                                operations(path.getValue())
                                        .map(one -> one.getKey() + " " + path.getKey()))
                        .collect(Collectors.toCollection(TreeSet::new));
        assertThat(documented).isEqualTo(server.routes());
    }

    @Test
    void everyOperationHasANameOfItsOwnAndItsPathsParameters() {
        List<String> names = operations().map(one -> one.get("operationId").stringValue()).toList();
        assertThat(names).doesNotHaveDuplicates();
        document.get("paths")
                .properties()
                .forEach(path -> {
                    Set<String> declared =
                            path.getValue()
                                    .path("parameters")
                                    .valueStream()
                                    .filter(one -> one.get("in").stringValue().equals("path"))
                                    .map(one -> "{" + one.get("name").stringValue() + "}")
                                    .collect(Collectors.toSet());
                    Set<String> used =
                            Stream.of(path.getKey().split("/"))
                                    .filter(part -> part.startsWith("{"))
                                    .collect(Collectors.toSet());
                    assertThat(declared).as(path.getKey()).isEqualTo(used);
                });
    }

    @Test
    void everyReferenceLeadsSomewhere() {
        assertThat(references(document).distinct())
                .hasSizeGreaterThan(50)
                .allSatisfy(reference ->
                        assertThat(document.at(reference.substring(1)).isMissingNode())
                                .as(reference)
                                .isFalse());
    }

    @Test
    void everyCodeThatAClientMayBeToldIsDocumentedUnderItsStatus() {
        Map<String, Set<String>> statuses = new java.util.TreeMap<>();
        operations()
                .flatMap(one -> one.get("responses").properties().stream())
                .filter(one -> one.getValue().has("$ref"))
                .forEach(one ->
                        resolve(one.getValue())
                                .path("x-codes")
                                .valueStream()
                                .forEach(code ->
                                        statuses.computeIfAbsent(
                                                        code.stringValue(), _ -> new TreeSet<>())
                                                .add(one.getKey())));
        for (ErrorCode code : EnumSet.complementOf(EnumSet.copyOf(NEVER_TOLD))) {
            assertThat(statuses.get(code.wireName()))
                    .as(code.wireName())
                    .containsExactly(Integer.toString(code.httpStatus()));
        }
    }

    @Test
    void chatsAreAnsweredAsDocumented() {
        String body = "{\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]%s}";
        assertFits("ChatRequest", TestServer.json(body.formatted("")));
        assertFits("ChatCompletion", server.post("/v1/chat/completions", body.formatted("")));
        List<JsonNode> pieces =
                server.pieces(
                        "/v1/chat/completions",
                        body.formatted(
                                ",\"stream\":true,\"stream_options\":{\"include_usage\":true}"));
        assertThat(pieces).hasSizeGreaterThan(3).allSatisfy(one -> assertFits("ChatChunk", one));
        assertFits("TextCompletion", server.post("/v1/completions", "{\"prompt\":\"hi\"}"));
    }

    @Test
    void vectorsAndRankingsAreAnsweredAsDocumented() {
        server.client.script =
                request -> request.done(new Embeddings(1, 1, ByteBuffer.allocate(4), null));
        String embedding = "{\"model\":\"e5\",\"input\":\"hi\"%s}";
        assertFits("EmbeddingList", server.post("/v1/embeddings", embedding.formatted("")));
        assertFits(
                "EmbeddingList",
                server.post(
                        "/v1/embeddings", embedding.formatted(",\"encoding_format\":\"base64\"")));
        server.client.script = request -> request.done(new Ranking(List.of(0.5, 0.7)));
        assertFits(
                "RankedList",
                server.post("/v1/rerank", "{\"query\":\"q\",\"documents\":[\"a\",\"b\"]}"));
    }

    @Test
    void imagesAreAnsweredAsDocumented() {
        Classification shown =
                Classification.newBuilder()
                        .setLabel("technical")
                        .setConfidence(0.97)
                        .setScores(List.of(new LabelScore("technical", 0.97)))
                        .build();
        server.client.script = request -> request.done(shown);
        assertFits(
                "ClassificationAnswer",
                server.post("/api/v1/vision/classify", "{\"image_path\":\"a.png\"}"));
        assertFits(
                "ImageBatchAccepted",
                server.post(
                        "/api/v1/vision/classify/batch",
                        "{\"image_paths\":[\"a.png\"],\"async\":true}"));
        server.client.models = List.of(Models.classifier("vision", ModelState.READY));
        assertFits("VisionHealth", server.get("/api/v1/vision/health"));
    }

    @Test
    void filesAndBatchesAreAnsweredAsDocumented() {
        Form form =
                new Form()
                        .text("purpose", "batch")
                        .file("file", "a", null, "x".getBytes(StandardCharsets.UTF_8));
        HttpResponse<String> file = server.postForm("/v1/files", form);
        assertFits("File", file);
        assertFits("FileList", server.get("/v1/files"));
        String id = TestServer.json(file).get("id").stringValue();
        String body =
                """
                {"input_file_id":"%s","endpoint":"/v1/embeddings","completion_window":"24h"}\
                """
                        .formatted(id);
        assertFits("BatchRequest", TestServer.json(body));
        HttpResponse<String> batch = server.post("/v1/batches", body);
        assertFits("Batch", batch);
        String batchId = TestServer.json(batch).get("id").stringValue();
        org.awaitility.Awaitility.await()
                .until(() -> server.get("/v1/batches/" + batchId).body().contains("invalid_json"));
        assertFits("Batch", server.get("/v1/batches/" + batchId));
        assertFits("BatchList", server.get("/v1/batches"));
        assertFits("Deleted", server.send(server.request("/v1/files/" + id).DELETE()));
    }

    @Test
    void modelsAndHealthAreAnsweredAsDocumented() {
        assertFits("ModelList", server.get("/v1/models"));
        assertFits("Model", server.get("/v1/models/tiny"));
        server.client.outcome = () -> Models.model("tiny", ModelState.READY).onWorkers();
        assertFits("ModelOrder", server.post("/v1/models/tiny/load", ""));
        assertFits("Health", server.get("/health"));
        assertFits("Ready", server.get("/health/ready"));
        server.client.models = List.of();
        assertFits("NotReady", server.get("/health/ready"));
        assertFits("PresetList", server.get("/v1/presets"));
    }

    @Test
    void failuresAreAnsweredAsDocumented() {
        for (HttpResponse<String> failure :
                List.of(
                        server.get("/v1/models/nothing"),
                        server.get("/nothing"),
                        server.post("/v1/embeddings", "{"),
                        server.send(server.request("/v1/models").DELETE()))) {
            assertThat(failure.statusCode()).isBetween(400, 499);
            assertFits("Error", TestServer.json(failure));
        }
    }

    private void assertFits(String schema, HttpResponse<String> response) {
        assertFits(schema, TestServer.json(response));
    }

    private void assertFits(String schema, JsonNode value) {
        assertThat(check.wrong(schema, value)).as("%s of %s", schema, value).isEmpty();
    }

    private Stream<JsonNode> operations() {
        return document.get("paths")
                .valueStream()
                .flatMap(path -> operations(path).map(Map.Entry::getValue));
    }

    private static Stream<Map.Entry<String, JsonNode>> operations(JsonNode path) {
        return path.properties().stream()
                .filter(one -> METHODS.contains(one.getKey()))
                .map(one -> Map.entry(one.getKey().toUpperCase(Locale.ROOT), one.getValue()));
    }

    private JsonNode resolve(JsonNode reference) {
        return document.at(reference.get("$ref").stringValue().substring(1));
    }

    private static Stream<String> references(JsonNode node) {
        Stream<String> own =
                node.isObject() && node.path("$ref").isString()
                        ? Stream.of(node.get("$ref").stringValue())
                        : Stream.empty();
        return Stream.concat(own, node.valueStream().flatMap(OpenApiTest::references));
    }
}
