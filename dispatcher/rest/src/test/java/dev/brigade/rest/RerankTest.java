package dev.brigade.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.schema.Ranking;
import dev.brigade.schema.RerankInput;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class RerankTest extends ServerTest {

    private static final String ASK =
            "\"query\":\"q\",\"documents\":[\"a\",{\"text\":\"b\"},\"c\",\"d\"]";

    @BeforeEach
    void rate() {
        server.client.script = request -> request.done(new Ranking(List.of(0.1, 0.9, -0.5, 0.9)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/rerank", "/rerank", "/v2/rerank"})
    void theBestComesFirstAndOfEqualOnesTheFirst(String path) {
        HttpResponse<String> response = server.post(path, "{\"model\":\"bge\"," + ASK + "}");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body())
                .isEqualTo(
                        """
                        {"id":"rerank-%s","model":"tiny","usage":{"prompt_tokens":7,"total_tokens":7},\
                        "results":[{"index":1,"relevance_score":0.9,"document":{"text":"b"}},\
                        {"index":3,"relevance_score":0.9,"document":{"text":"d"}},\
                        {"index":0,"relevance_score":0.1,"document":{"text":"a"}},\
                        {"index":2,"relevance_score":-0.5,"document":{"text":"c"}}]}\
                        """
                                .formatted(TestingClient.REQUEST_ID));
    }

    @Test
    void theTopIsCutAndDocumentsAreLeftOutWhenNotWanted() {
        JsonNode answer =
                TestServer.json(
                        server.post(
                                "/v1/rerank",
                                "{" + ASK + ",\"top_n\":2,\"return_documents\":false}"));
        assertThat(answer.get("results").size()).isEqualTo(2);
        assertThat(answer.at("/results/0/index").intValue()).isOne();
        assertThat(answer.at("/results/0").has("document")).isFalse();
    }

    @Test
    void moreThanThereAreIsAllOfThem() {
        JsonNode answer = TestServer.json(server.post("/v1/rerank", "{" + ASK + ",\"top_n\":99}"));
        assertThat(answer.get("results").size()).isEqualTo(4);
    }

    @Test
    void queryAndDocumentsGoIntoTheRequest() {
        server.post("/v1/rerank", "{\"model\":\"bge\"," + ASK + "}");
        assertThat(server.client.submitted.getLast().getInput())
                .isEqualTo(new RerankInput("q", List.of("a", "b", "c", "d")));
        assertThat(server.client.submitted.getLast().getModel()).isEqualTo("bge");
    }

    static Stream<Arguments> badBodies() {
        String documents = "\"documents\":[\"a\"]";
        String query = "\"query\":\"q\"";
        return Stream.of(
                Arguments.of(documents, "query", "invalid_request"),
                Arguments.of("\"query\":\"\"," + documents, "query", "invalid_request"),
                Arguments.of("\"query\":[]," + documents, "query", "invalid_request"),
                Arguments.of(query, "documents", "invalid_request"),
                Arguments.of(query + ",\"documents\":[]", "documents", "invalid_request"),
                Arguments.of(query + ",\"documents\":\"a\"", "documents", "invalid_request"),
                Arguments.of(query + ",\"documents\":[\"\"]", "documents", "invalid_request"),
                Arguments.of(query + ",\"documents\":[5]", "documents[0]", "invalid_request"),
                Arguments.of(query + ",\"documents\":[{}]", "documents[0].text", "invalid_request"),
                Arguments.of(
                        query + ",\"documents\":[{\"text\":\"a\",\"title\":\"b\"}]",
                        "documents[0].title",
                        "unsupported_field"),
                Arguments.of(
                        query + ",\"documents\":[" + "\"a\",".repeat(1000) + "\"a\"]",
                        "documents",
                        "invalid_request"),
                Arguments.of(
                        query + ",\"documents\":[\"" + "a".repeat((2 << 20) + 1) + "\"]",
                        "documents",
                        "request_too_large"),
                Arguments.of(query + "," + documents + ",\"top_n\":0", "top_n", "invalid_request"),
                Arguments.of(
                        query + "," + documents + ",\"return_documents\":1",
                        "return_documents",
                        "invalid_request"),
                Arguments.of(
                        query + "," + documents + ",\"max_chunks_per_doc\":3",
                        "max_chunks_per_doc",
                        "unsupported_field"));
    }

    @ParameterizedTest
    @MethodSource("badBodies")
    void aBadBodyIsRefusedByTheNameOfItsField(String fields, String param, String code) {
        JsonNode error =
                TestServer.json(server.post("/v1/rerank", "{" + fields + "}")).get("error");
        assertThat(error.get("code").stringValue()).isEqualTo(code);
        assertThat(error.get("param").stringValue()).isEqualTo(param);
        assertThat(server.client.submitted).isEmpty();
    }
}
