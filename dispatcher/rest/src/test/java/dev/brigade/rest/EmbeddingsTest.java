package dev.brigade.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.openai.client.OpenAIClient;
import com.openai.errors.BadRequestException;
import com.openai.models.embeddings.CreateEmbeddingResponse;
import com.openai.models.embeddings.EmbeddingCreateParams;
import dev.brigade.contract.error.ErrorCode;
import dev.brigade.contract.payload.PayloadStore;
import dev.brigade.contract.payload.PayloadStores;
import dev.brigade.schema.EmbeddingInput;
import dev.brigade.schema.Embeddings;
import dev.brigade.schema.InferenceRequest;
import dev.brigade.schema.Priority;
import dev.brigade.schema.StoredPayload;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EmbeddingsTest {

    private static final String PATH = "/v1/embeddings";
    private static final float[][] VECTORS = {{0.25f, -1.5f, 3e-9f}, {1f, 0f, 0.1f}};

    private TestServer server;
    private OpenAIClient openai;
    private PayloadStore payloads;

    @BeforeAll
    void start(@TempDir Path folder) {
        server = new TestServer("brigade.payloads=" + folder).connected();
        payloads = PayloadStores.open(folder.toString());
        openai = server.openai();
    }

    @AfterAll
    void stop() {
        openai.close();
        server.close();
        payloads.close();
    }

    @BeforeEach
    void forget() {
        server.client.submitted.clear();
        server.client.script = request -> request.done(new Embeddings(2, 3, bytes(VECTORS), null));
    }

    @Test
    void vectorsComeAsNumbersInTheOrderOfTheTexts() {
        HttpResponse<String> response =
                server.post(PATH, "{\"model\":\"e5\",\"input\":[\"one\",\"two\"]}");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body())
                .isEqualTo(
                        """
                        {"object":"list","data":[\
                        {"object":"embedding","index":0,"embedding":[0.25,-1.5,3.0E-9]},\
                        {"object":"embedding","index":1,"embedding":[1.0,0.0,0.1]}],\
                        "model":"tiny","usage":{"prompt_tokens":7,"total_tokens":7}}\
                        """);
        assertThat(response.headers().firstValue("x-request-id"))
                .contains(TestingClient.REQUEST_ID);
    }

    @Test
    void base64HoldsLittleEndianFloats() {
        JsonNode answer =
                TestServer.json(
                        server.post(
                                PATH,
                                """
                                {"model":"e5","input":["one","two"],"encoding_format":"base64"}\
                                """));
        byte[] second = Base64.getDecoder().decode(answer.at("/data/1/embedding").stringValue());
        assertThat(ByteBuffer.wrap(second).order(ByteOrder.LITTLE_ENDIAN).getFloat(8))
                .isEqualTo(0.1f);
        assertThat(second).hasSize(12);
    }

    @Test
    void vectorsThatDoNotFitARecordComeFromThePayloadStore() {
        StoredPayload stored = payloads.put(bytes(VECTORS).array(), "application/octet-stream");
        server.client.script = request -> request.done(new Embeddings(2, 3, null, stored));
        JsonNode answer =
                TestServer.json(server.post(PATH, "{\"model\":\"e5\",\"input\":[\"a\",\"b\"]}"));
        assertThat(answer.at("/data/1/embedding/2").floatValue()).isEqualTo(0.1f);
    }

    @Test
    void vectorsThatTheStoreLacksAreAnError() {
        StoredPayload gone = new StoredPayload("0".repeat(64), 24L, "application/octet-stream");
        server.client.script = request -> request.done(new Embeddings(2, 3, null, gone));
        HttpResponse<String> response =
                server.post(PATH, "{\"model\":\"e5\",\"input\":[\"a\",\"b\"]}");
        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(TestServer.json(response).at("/error/code").stringValue())
                .isEqualTo("payload_not_found");
    }

    @Test
    void everyFormOfInputIsTaken() {
        assertThat(sent("\"input\":\"one\"").getTexts()).containsExactly("one");
        assertThat(sent("\"input\":[\"one\",\"two\"]").getTexts()).containsExactly("one", "two");
        assertThat(sent("\"input\":[5,6]").getTokens()).containsExactly(List.of(5, 6));
        assertThat(sent("\"input\":[[5],[6,7]]").getTokens())
                .containsExactly(List.of(5), List.of(6, 7));
    }

    @Test
    void allFieldsGoIntoTheRequest() {
        EmbeddingInput input =
                sent("\"input\":\"a\",\"dimensions\":64,\"input_type\":\"query\",\"user\":\"me\"");
        assertThat(input.getDimensions()).isEqualTo(64);
        assertThat(input.getInputType()).isEqualTo("query");
        sent("\"input\":\"a\",\"priority\":\"low\",\"deadline_ms\":500,\"idempotency_key\":\"k\"");
        InferenceRequest request = server.client.submitted.getLast();
        assertThat(request.getModel()).isEqualTo("auto");
        assertThat(request.getPriority()).isEqualTo(Priority.LOW);
        assertThat(request.getDeadlineMs()).isEqualTo(500);
        assertThat(request.getIdempotencyKey()).isEqualTo("k");
        assertThat(request.getStream()).isFalse();
    }

    @Test
    void theModelMayStandInTheUrl() {
        String path = "/api/v1/models/e5/embedding";
        assertThat(server.post(path, "{\"input\":[\"a\",\"b\"]}").statusCode()).isEqualTo(200);
        assertThat(server.client.submitted.getLast().getModel()).isEqualTo("e5");
        HttpResponse<String> two = server.post(path, "{\"input\":\"a\",\"model\":\"bge\"}");
        assertThat(TestServer.json(two).at("/error/param").stringValue()).isEqualTo("model");
    }

    static Stream<Arguments> badBodies() {
        String model = "\"model\":\"e5\",";
        return Stream.of(
                bad("\"input\":\"a\"", "model", "invalid_request"),
                bad(model + "\"user\":\"me\"", "input", "invalid_request"),
                bad(model + "\"input\":5", "input", "invalid_request"),
                bad(model + "\"input\":\"\"", "input", "invalid_request"),
                bad(model + "\"input\":[]", "input", "invalid_request"),
                bad(model + "\"input\":[[]]", "input", "invalid_request"),
                bad(model + "\"input\":[\"a\",\"\"]", "input", "invalid_request"),
                bad(model + "\"input\":[\"a\",5]", "input[1]", "invalid_request"),
                bad(model + "\"input\":[5,\"a\"]", "input[1]", "invalid_request"),
                bad(model + "\"input\":[5.5]", "input[0]", "invalid_request"),
                bad(model + "\"input\":[-1]", "input", "invalid_request"),
                bad(model + "\"input\":[[1],[\"a\"]]", "input[1][0]", "invalid_request"),
                bad(model + "\"input\":[{}]", "input[0]", "invalid_request"),
                bad(model + "\"input\":[null]", "input[0]", "invalid_request"),
                bad(model + "\"input\":\"\\ud800\"", "input", "invalid_request"),
                bad(
                        model + "\"input\":[" + "1,".repeat(2048).replace("1", "\"a\"") + "\"a\"]",
                        "input",
                        "invalid_request"),
                bad(
                        model + "\"input\":\"" + "a".repeat((2 << 20) + 1) + "\"",
                        "input",
                        "request_too_large"),
                bad(
                        model + "\"input\":\"a\",\"encoding_format\":\"int8\"",
                        "encoding_format",
                        "invalid_request"),
                bad(model + "\"input\":\"a\",\"dimensions\":0", "dimensions", "invalid_request"),
                bad(model + "\"input\":\"a\",\"dimensions\":2.5", "dimensions", "invalid_request"),
                bad(
                        model + "\"input\":\"a\",\"input_type\":\"x\"",
                        "input_type",
                        "invalid_request"),
                bad(model + "\"input\":\"a\",\"stream\":true", "stream", "unsupported_field"),
                bad(model + "\"input\":\"a\",\"preset\":\"D1\"", "preset", "unsupported_field"));
    }

    @ParameterizedTest
    @MethodSource("badBodies")
    void aBadBodyIsRefusedByTheNameOfItsField(String fields, String param, String code) {
        JsonNode error = TestServer.json(server.post(PATH, "{" + fields + "}")).get("error");
        assertThat(error.get("code").stringValue()).isEqualTo(code);
        assertThat(error.get("param").stringValue()).isEqualTo(param);
        assertThat(server.client.submitted).isEmpty();
    }

    @Test
    void theOfficialClientReadsWhatItAsksFor() {
        CreateEmbeddingResponse plain =
                openai.embeddings()
                        .create(
                                EmbeddingCreateParams.builder()
                                        .model("e5")
                                        .inputOfArrayOfStrings(List.of("one", "two"))
                                        .build());
        CreateEmbeddingResponse base64 =
                openai.embeddings()
                        .create(
                                EmbeddingCreateParams.builder()
                                        .model("e5")
                                        .inputOfArrayOfTokens(List.of(5L, 6L))
                                        .encodingFormat(EmbeddingCreateParams.EncodingFormat.BASE64)
                                        .dimensions(3)
                                        .build());
        for (CreateEmbeddingResponse answer : List.of(plain, base64)) {
            assertThat(answer.data().getFirst().embedding()).containsExactly(0.25f, -1.5f, 3e-9f);
            assertThat(answer.data().getLast().index()).isOne();
            assertThat(answer.usage().totalTokens()).isEqualTo(7);
        }
    }

    @Test
    void theOfficialClientReadsErrors() {
        server.client.script =
                request ->
                        request.fail(
                                ErrorCode.UNSUPPORTED_TASK, "model", "the model has no embeddings");
        BadRequestException e =
                catchThrowableOfType(
                        BadRequestException.class,
                        () ->
                                openai.embeddings()
                                        .create(
                                                EmbeddingCreateParams.builder()
                                                        .model("chat")
                                                        .input("one")
                                                        .build()));
        assertThat(e.code()).contains("unsupported_task");
        assertThat(e.param()).contains("model");
    }

    private EmbeddingInput sent(String fields) {
        HttpResponse<String> response = server.post(PATH, "{\"model\":\"auto\"," + fields + "}");
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return (EmbeddingInput) server.client.submitted.getLast().getInput();
    }

    private static Arguments bad(String fields, @Nullable String param, String code) {
        return Arguments.of(fields, param, code);
    }

    private static ByteBuffer bytes(float[]... vectors) {
        ByteBuffer bytes = ByteBuffer.allocate(vectors.length * vectors[0].length * Float.BYTES);
        bytes.order(ByteOrder.LITTLE_ENDIAN);
        for (float[] vector : vectors) {
            for (float value : vector) {
                bytes.putFloat(value);
            }
        }
        return bytes.flip();
    }
}
