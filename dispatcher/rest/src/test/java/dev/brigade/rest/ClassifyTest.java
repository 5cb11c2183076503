package dev.brigade.rest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.contract.error.ErrorCode;
import dev.brigade.contract.payload.PayloadLimits;
import dev.brigade.contract.payload.PayloadStore;
import dev.brigade.contract.payload.PayloadStores;
import dev.brigade.schema.Classification;
import dev.brigade.schema.ImageInput;
import dev.brigade.schema.InferenceRequest;
import dev.brigade.schema.LabelScore;
import dev.brigade.schema.ModelState;
import dev.brigade.schema.StoredPayload;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClassifyTest {

    private static final String PATH = "/api/v1/vision/classify";
    private static final byte[] IMAGE = "not looked at here".getBytes(UTF_8);
    private static final Classification TECHNICAL =
            Classification.newBuilder()
                    .setLabel("technical")
                    .setConfidence(0.97)
                    .setScores(
                            List.of(
                                    new LabelScore("technical", 0.97),
                                    new LabelScore("discard", 0.03)))
                    .build();

    private TestServer server;
    private PayloadStore payloads;
    private Path folder;

    @BeforeAll
    void start(@TempDir Path folder) {
        this.folder = folder;
        server = new TestServer("brigade.payloads=" + folder).connected();
        payloads = PayloadStores.open(folder.toString());
    }

    @AfterAll
    void stop() {
        server.close();
        payloads.close();
    }

    @BeforeEach
    void forget() {
        server.client.submitted.clear();
        server.client.script = request -> request.done(TECHNICAL);
    }

    @Test
    void theAnswerNamesLabelConfidenceScoresAndModel() {
        HttpResponse<String> response = server.post(PATH, "{\"image_path\":\"a/b.png\"}");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body())
                .isEqualTo(
                        """
                        {"request_id":"%s","classification":"technical","raw_response":null,\
                        "confidence":0.97,"scores":[{"label":"technical","score":0.97},\
                        {"label":"discard","score":0.03}],"model_id":"tiny",\
                        "usage":{"prompt_tokens":7,"completion_tokens":2,"total_tokens":9}}\
                        """
                                .formatted(TestingClient.REQUEST_ID));
    }

    @Test
    void whatAVisionLanguageModelSaidIsTold() {
        server.client.script =
                request ->
                        request.done(
                                Classification.newBuilder()
                                        .setLabel("discard")
                                        .setConfidence(0.5)
                                        .setRawResponse("Discard, I think.")
                                        .build());
        JsonNode answer = TestServer.json(server.post(PATH, "{\"image_path\":\"a.png\"}"));
        assertThat(answer.get("raw_response").stringValue()).isEqualTo("Discard, I think.");
        assertThat(answer.get("scores").isEmpty()).isTrue();
    }

    @Test
    void allFieldsGoIntoTheRequest() {
        server.post(
                PATH,
                """
                {"image_path":"a.png","prompt":"Which?","max_tokens":4096,"temperature":0,\
                "resize_image":false,"allow_uncertain":true,"model":"moondream2","priority":3}\
                """);
        InferenceRequest request = server.client.submitted.getLast();
        ImageInput input = (ImageInput) request.getInput();
        assertThat(input.getPath()).isEqualTo("a.png");
        assertThat(input.getPrompt()).isEqualTo("Which?");
        assertThat(input.getResizeImage()).isFalse();
        assertThat(input.getAllowUncertain()).isTrue();
        assertThat(request.getSampling().getMaxTokens()).isEqualTo(4096);
        assertThat(request.getSampling().getTemperature()).isZero();
        assertThat(request.getModel()).isEqualTo("moondream2");
    }

    @Test
    void whatIsNotSaidIsLeftToTheModelsOwnDefaults() {
        server.post(PATH, "{\"image_path\":\"a.png\"}");
        InferenceRequest request = server.client.submitted.getLast();
        ImageInput input = (ImageInput) request.getInput();
        assertThat(input.getResizeImage()).isTrue();
        assertThat(input.getAllowUncertain()).isFalse();
        assertThat(request.getSampling().getMaxTokens()).isNull();
        assertThat(request.getSampling().getTemperature()).isNull();
        assertThat(request.getModel()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "data:image/png;base64,", "data:;base64,"})
    void base64MayHaveThePrefixOfADataUri(String prefix) {
        server.post(PATH, "{\"image_base64\":\"" + prefix + base64(IMAGE) + "\"}");
        ImageInput input = (ImageInput) server.client.submitted.getLast().getInput();
        assertThat(input.getImage()).isEqualTo(ByteBuffer.wrap(IMAGE));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "ab",
                "abc",
                "abcde",
                "ab=c",
                "ab==cd==",
                "ab c",
                "abcd\\n",
                "ab-_",
                "ab\\u00e9=",
                "YR==",
                "YWJ=",
                "====",
                "data:abcd",
                "data:image/png,abcd",
                "data:image/png;base64",
                "data:image/png;charset=x;base64,abcd"
            })
    void base64ThatIsNotByTheLetterIsRefused(String text) {
        JsonNode error =
                TestServer.json(server.post(PATH, "{\"image_base64\":\"" + text + "\"}"))
                        .get("error");
        assertThat(error.get("code").stringValue()).isEqualTo("invalid_base64");
        assertThat(error.get("param").stringValue()).isEqualTo("image_base64");
    }

    static Stream<Arguments> badBodies() {
        String path = "\"image_path\":\"a.png\"";
        return Stream.of(
                Arguments.of("", "image_path", "image_source_invalid"),
                Arguments.of(
                        path + ",\"image_base64\":\"YQ==\"", "image_path", "image_source_invalid"),
                Arguments.of("\"image_base64\":\"\"", "image", "image_empty"),
                Arguments.of("\"image_base64\":5", "image_base64", "invalid_request"),
                Arguments.of("\"image_path\":\"\"", "image_path", "path_invalid"),
                Arguments.of("\"image_path\":\"a\\u0000b\"", "image_path", "path_invalid"),
                Arguments.of(
                        "\"image_path\":\"" + "a".repeat(4097) + "\"",
                        "image_path",
                        "path_invalid"),
                Arguments.of("\"image_path\":\"../a.png\"", "image_path", "path_traversal"),
                Arguments.of(
                        "\"image_path\":\"file:///etc/passwd\"", "image_path", "url_not_allowed"),
                Arguments.of(path + ",\"max_tokens\":0", "max_tokens", "invalid_request"),
                Arguments.of(path + ",\"max_tokens\":4097", "max_tokens", "invalid_request"),
                Arguments.of(path + ",\"temperature\":2.1", "temperature", "invalid_request"),
                Arguments.of(path + ",\"prompt\":\" \"", "prompt", "invalid_request"),
                Arguments.of(path + ",\"resize_image\":\"no\"", "resize_image", "invalid_request"),
                Arguments.of(path + ",\"allow_uncertain\":1", "allow_uncertain", "invalid_request"),
                Arguments.of(path + ",\"top_p\":1", "top_p", "unsupported_field"));
    }

    @ParameterizedTest
    @MethodSource("badBodies")
    void aBadBodyIsRefusedByTheNameOfItsField(String fields, String param, String code) {
        JsonNode error = TestServer.json(server.post(PATH, "{" + fields + "}")).get("error");
        assertThat(error.get("code").stringValue()).isEqualTo(code);
        assertThat(error.get("param").stringValue()).isEqualTo(param);
        assertThat(error.get("message").stringValue()).doesNotContain("passwd");
        assertThat(server.client.submitted).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(ErrorCode.class)
    void whatAWorkerRefusesHasItsCodeAndStatus(ErrorCode code) {
        server.client.script = request -> request.fail(code, "path", "path is no good");
        HttpResponse<String> response = server.post(PATH, "{\"image_path\":\"a.png\"}");
        JsonNode error = TestServer.json(response).get("error");
        assertThat(response.statusCode()).isEqualTo(code.httpStatus());
        assertThat(error.get("code").stringValue()).isEqualTo(code.wireName());
        assertThat(error.get("param").stringValue()).isEqualTo("image_path");
        assertThat(error.get("message").stringValue()).isEqualTo("image_path is no good");
    }

    @Test
    void aFormCarriesTheImageAsAFile() {
        HttpResponse<String> response =
                server.postForm(
                        PATH,
                        new Form()
                                .text("prompt", "5")
                                .text("max_tokens", "16")
                                .text("temperature", "0.5")
                                .file("image", "a.png", "image/png", IMAGE)
                                .text("allow_uncertain", "true")
                                .text("priority", "low")
                                .text("metadata", "{\"a\":\"b\"}"));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        InferenceRequest request = server.client.submitted.getLast();
        ImageInput input = (ImageInput) request.getInput();
        assertThat(input.getImage()).isEqualTo(ByteBuffer.wrap(IMAGE));
        assertThat(input.getPrompt()).isEqualTo("5");
        assertThat(input.getAllowUncertain()).isTrue();
        assertThat(request.getSampling().getMaxTokens()).isEqualTo(16);
        assertThat(request.getSampling().getTemperature()).isEqualTo(0.5);
        assertThat(request.getMetadata()).containsEntry("a", "b");
    }

    @ParameterizedTest
    @CsvSource({"0, false", "1, true", "5000000, true"})
    void aLargeImageGoesToThePayloadStoreWhileItIsReceived(int over, boolean stored) {
        byte[] image = noise(PayloadLimits.INLINE_IMAGE_BYTES + over);
        server.postForm(PATH, new Form().file("image", "a.png", "image/png", image));
        ImageInput input = (ImageInput) server.client.submitted.getLast().getInput();
        StoredPayload reference = input.getStored();
        assertThat(reference != null).isEqualTo(stored);
        if (reference != null) {
            assertThat(reference.getMediaType()).isEqualTo("image/png");
            assertThat(payloads.read(reference, image.length)).isEqualTo(image);
        }
    }

    @Test
    void aLargeImageInBase64GoesToThePayloadStoreToo() {
        byte[] image = noise(PayloadLimits.INLINE_IMAGE_BYTES + 1);
        server.post(PATH, "{\"image_base64\":\"" + base64(image) + "\"}");
        ImageInput input = (ImageInput) server.client.submitted.getLast().getInput();
        assertThat(payloads.read(input.getStored(), image.length)).isEqualTo(image);
    }

    @Test
    void anImageOverTheLimitIsRefusedAndNotKept() throws IOException {
        byte[] image = noise(PayloadLimits.IMAGE_BYTES + 1);
        HttpResponse<String> response =
                server.postForm(PATH, new Form().file("image", "a.png", "image/png", image));
        assertThat(response.statusCode()).isEqualTo(413);
        assertThat(code(response)).isEqualTo("image_too_large");
        try (Stream<Path> files = Files.walk(folder)) {
            assertThat(files.filter(Files::isRegularFile))
                    .allMatch(file -> file.toFile().length() < PayloadLimits.IMAGE_BYTES);
        }
    }

    @Test
    void withoutAPayloadStoreOnlyWhatFitsARecordIsTaken() {
        try (TestServer without = new TestServer().connected()) {
            without.client.script = request -> request.done(TECHNICAL);
            byte[] fits = noise(PayloadLimits.LARGEST_INLINE_IMAGE_BYTES);
            byte[] larger = noise(PayloadLimits.LARGEST_INLINE_IMAGE_BYTES + 1);
            assertThat(
                            without.postForm(PATH, new Form().file("image", "a", null, fits))
                                    .statusCode())
                    .isEqualTo(200);
            HttpResponse<String> refused =
                    without.postForm(PATH, new Form().file("image", "a", null, larger));
            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(code(refused)).isEqualTo("payload_store_missing");
        }
    }

    static Stream<Arguments> badForms() {
        return Stream.of(
                Arguments.of(new Form().text("prompt", "x"), "image_source_invalid"),
                Arguments.of(
                        new Form().text("image_path", "a").file("image", "a", null, IMAGE),
                        "image_source_invalid"),
                Arguments.of(new Form().file("image", "a", null, new byte[0]), "image_empty"),
                Arguments.of(new Form().file("photo", "a", null, IMAGE), "unsupported_field"),
                Arguments.of(
                        new Form().file("image", "a", null, IMAGE).file("image", "b", null, IMAGE),
                        "invalid_request"),
                Arguments.of(new Form().text("prompt", "a").text("prompt", "b"), "invalid_request"),
                Arguments.of(
                        new Form().part("name=\"prompt\"", null, new byte[] {(byte) 0xff}),
                        "invalid_request"),
                Arguments.of(new Form().text("prompt", "x".repeat(300_000)), "request_too_large"),
                Arguments.of(
                        new Form().file("image", "a", null, IMAGE).text("max_tokens", "many"),
                        "invalid_request"),
                Arguments.of(
                        new Form().file("image", "a", null, IMAGE).text("max_tokens", "1.5"),
                        "invalid_request"));
    }

    @ParameterizedTest
    @MethodSource("badForms")
    void aBadFormIsRefused(Form form, String code) {
        assertThat(code(server.postForm(PATH, form))).isEqualTo(code);
        assertThat(server.client.submitted).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"multipart/form-data", "multipart/form-data; boundary=", "multipart/mixed"})
    void aFormWithoutABoundaryIsRefused(String type) {
        HttpResponse<String> response =
                server.send(
                        server.request(PATH)
                                .header("Content-Type", type)
                                .POST(HttpRequest.BodyPublishers.ofString("--x\r\n")));
        assertThat(code(response)).isIn("invalid_request", "unsupported_media_type");
    }

    @Test
    void aFormThatBreaksOffIsRefusedAndKeepsNothing() {
        Form form = new Form().file("image", "a", null, noise(700_000));
        HttpResponse<String> response =
                server.send(
                        server.request(PATH)
                                .header("Content-Type", form.contentType())
                                .POST(HttpRequest.BodyPublishers.ofByteArray(form.brokenOff())));
        assertThat(code(response)).isEqualTo("invalid_request");
        assertThat(server.client.submitted).isEmpty();
    }

    @Test
    void aFormOverTheLimitIsRefused() {
        try (TestServer small = new TestServer("brigade.rest.max-upload=1MB").connected()) {
            Form form = new Form().file("image", "a", null, noise((1 << 20) + 1));
            assertThat(code(small.postForm(PATH, form))).isEqualTo("request_too_large");
        }
    }

    @Test
    void healthTellsWhetherAClassifierIsLoaded() {
        server.client.models =
                List.of(
                        Models.classifier("vision", ModelState.READY),
                        Models.model("chat", ModelState.READY));
        HttpResponse<String> ready = server.get("/api/v1/vision/health");
        assertThat(ready.statusCode()).isEqualTo(200);
        assertThat(ready.body())
                .isEqualTo(
                        """
                        {"status":"ready","model_loaded":true,"model_id":"vision","models":\
                        [{"id":"vision","loaded":true,"labels":["technical","discard"]}]}\
                        """);
        server.client.models = List.of(Models.model("chat", ModelState.READY));
        HttpResponse<String> notReady = server.get("/api/v1/vision/health");
        assertThat(notReady.statusCode()).isEqualTo(503);
        assertThat(notReady.headers().firstValue("Retry-After")).contains("1");
        assertThat(notReady.body())
                .isEqualTo(
                        """
                        {"status":"not_ready","model_loaded":false,"model_id":null,"models":[]}\
                        """);
    }

    private static String code(HttpResponse<String> response) {
        return TestServer.json(response).at("/error/code").stringValue();
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static byte[] noise(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }
}
