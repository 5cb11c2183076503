package dev.brigade.standalone.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.contract.serde.BuiltInSchemas;
import dev.brigade.contract.serde.BuiltInSchemas.Version;
import dev.brigade.contract.serde.HttpSchemaRegistry;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import org.apache.avro.Schema;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The endpoint as a client of Confluent's registry sees it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RegistryEndpointTest {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String REPLY = "dev.brigade.schema.Reply";
    private static final String FOREIGN =
            "{\"type\":\"record\",\"name\":\"Foreign\",\"namespace\":\"x\",\"fields\":[]}";

    private final HttpClient http = HttpClient.newHttpClient();
    private RegistryEndpoint endpoint;

    @BeforeAll
    void start() throws IOException {
        endpoint = RegistryEndpoint.start(0);
    }

    @AfterAll
    void stop() {
        endpoint.close();
        http.close();
    }

    @Test
    void servesEverySchemaOfTheContractUnderItsFixedId() throws Exception {
        assertThat(BuiltInSchemas.instance().versions()).isNotEmpty();
        for (Version version : BuiltInSchemas.instance().versions()) {
            JsonNode answer = body(get("/schemas/ids/" + version.id()), 200);
            var served = new Schema.Parser().parse(answer.path("schema").asString());
            assertThat(served).isEqualTo(version.schema());
        }
    }

    @Test
    void listsSubjectsAndTheirVersions() throws Exception {
        assertThat(body(get("/subjects"), 200).toString()).contains('"' + REPLY + '"');
        assertThat(body(get("/subjects/" + REPLY + "/versions"), 200).get(0).asInt()).isEqualTo(1);

        JsonNode first = body(get("/subjects/" + REPLY + "/versions/1"), 200);
        Version reply = version(REPLY);
        assertThat(first.path("id").asInt()).isEqualTo(reply.id());
        assertThat(first.path("subject").asString()).isEqualTo(REPLY);
        assertThat(first.path("version").asInt()).isEqualTo(1);
        assertThat(body(get("/subjects/" + REPLY + "/versions/latest"), 200).path("id").asInt())
                .isGreaterThanOrEqualTo(reply.id());
    }

    @Test
    void findsAKnownSchemaUnderWhateverSubjectTheClientUses() throws Exception {
        Version reply = version(REPLY);
        for (String subject : new String[] {REPLY, "inference.replies-value", "a%2Fb"}) {
            JsonNode found =
                    body(post("/subjects/" + subject, schemaBody(reply.schema().toString())), 200);
            assertThat(found.path("id").asInt()).isEqualTo(reply.id());
            assertThat(found.path("version").asInt()).isEqualTo(reply.version());
        }
    }

    @Test
    void letsAClientRegisterWhatIsThereAlready() throws Exception {
        Version reply = version(REPLY);

        String path = "/subjects/inference.replies-value/versions";
        JsonNode answer = body(post(path, schemaBody(reply.schema().toString())), 200);

        assertThat(answer.path("id").asInt()).isEqualTo(reply.id());
    }

    @Test
    void takesNoSchemaThatItDoesNotKnow() throws Exception {
        JsonNode lookup = body(post("/subjects/x.Foreign", schemaBody(FOREIGN)), 404);
        assertThat(lookup.path("error_code").asInt()).isEqualTo(40403);

        JsonNode refused = body(post("/subjects/x.Foreign/versions", schemaBody(FOREIGN)), 403);
        assertThat(refused.path("error_code").asInt()).isEqualTo(40301);
        assertThat(refused.path("message").asString()).contains("read-only");
        assertThat(body(get("/subjects"), 200).toString()).doesNotContain("Foreign");
    }

    @ParameterizedTest
    @CsvSource({
        "/subjects/none/versions, 404, 40401",
        "/subjects/dev.brigade.schema.Reply/versions/999, 404, 40402",
        "/subjects/dev.brigade.schema.Reply/versions/zero, 422, 42202",
        "/subjects/dev.brigade.schema.Reply/versions/-1, 422, 42202",
        "/schemas/ids/999999, 404, 40403",
        "/schemas/ids/x, 404, 40403",
        "/schemas/ids, 404, 404",
        "/nothing/here, 404, 404",
    })
    void answersErrorsInConfluentsShape(String path, int status, int code) throws Exception {
        JsonNode answer = body(get(path), status);
        assertThat(answer.path("error_code").asInt()).isEqualTo(code);
        assertThat(answer.path("message").asString()).isNotBlank();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "not json | 400",
                "{} | 42201",
                "{\"schema\": 1} | 42201",
                "{\"schema\": \"{}\"} | 42201",
            })
    void refusesBodiesThatHoldNoSchema(String sent, int code) throws Exception {
        int status = code < 1000 ? code : code / 100;
        JsonNode answer = body(post("/subjects/" + REPLY, sent), status);
        assertThat(answer.path("error_code").asInt()).isEqualTo(code);
    }

    @Test
    void refusesABodyOverItsLimit() throws Exception {
        body(post("/subjects/" + REPLY, "x".repeat((1 << 20) + 1)), 413);
    }

    @Test
    void saysThatItIsReadOnlyAndHowSchemasEvolve() throws Exception {
        assertThat(body(get("/config"), 200).path("compatibilityLevel").asString())
                .isEqualTo("BACKWARD_TRANSITIVE");
        assertThat(body(get("/mode"), 200).path("mode").asString()).isEqualTo("READONLY");
        assertThat(body(get("/schemas/types"), 200).toString()).isEqualTo("[\"AVRO\"]");
        body(send(request("/subjects/" + REPLY).DELETE()), 405);
    }

    @Test
    void servesTheContractsOwnRegistryClient() {
        var client = new HttpSchemaRegistry(endpoint.url());
        Version reply = version(REPLY);

        assertThat(client.idOf(reply.schema())).isEqualTo(reply.id());
        assertThat(client.byId(reply.id())).hasValue(reply.schema());
        assertThat(client.byId(424_242)).isEmpty();
    }

    @Test
    void failsToStartOnATakenPort() throws Exception {
        try (var taken = new ServerSocket(0)) {
            Assertions.assertThatIOException()
                    .isThrownBy(() -> RegistryEndpoint.start(taken.getLocalPort()).close());
        }
    }

    private static Version version(String subject) {
        return BuiltInSchemas.instance().versions().stream()
                .filter(v -> v.subject().equals(subject))
                .findFirst()
                .orElseThrow();
    }

    private static String schemaBody(String schema) {
        return JSON.writeValueAsString(Map.of("schema", schema));
    }

    private static JsonNode body(HttpResponse<String> answer, int status) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("content-type"))
                .hasValue("application/vnd.schemaregistry.v1+json");
        return JSON.readTree(answer.body());
    }

    private HttpResponse<String> get(String path) throws Exception {
        return send(request(path).GET());
    }

    private HttpResponse<String> post(String path, String body) throws Exception {
        return send(
                request(path)
                        .header("Content-Type", "application/vnd.schemaregistry.v1+json")
                        .POST(BodyPublishers.ofString(body)));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(endpoint.url() + path))
                .timeout(Duration.ofSeconds(10));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return http.send(request.build(), BodyHandlers.ofString());
    }
}
