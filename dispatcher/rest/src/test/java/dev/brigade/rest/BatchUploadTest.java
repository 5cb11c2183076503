package dev.brigade.rest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.contract.payload.PayloadLimits;
import dev.brigade.contract.payload.PayloadStore;
import dev.brigade.contract.payload.PayloadStores;
import dev.brigade.schema.ImageBatchInput;
import dev.brigade.schema.ImageItem;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Batches that come as a form with a manifest or with images. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BatchUploadTest {

    private static final String PATH = "/api/v1/vision/classify/batch";
    private static final byte[] MANIFEST =
            "{\"path\":\"a.png\"}\n\n{\"path\":\"b.png\"}".getBytes(UTF_8);

    private TestServer server;
    private PayloadStore payloads;

    @BeforeAll
    void start(@TempDir Path folder) {
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
        server.client.batches.clear();
    }

    @Test
    void aManifestGoesToThePayloadStoreAsItIs() {
        HttpResponse<String> response =
                server.postForm(
                        PATH,
                        new Form()
                                .file("manifest", "list.jsonl", null, MANIFEST)
                                .text("async", "true")
                                .text("model", "5"));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(202);
        ImageBatchInput input = (ImageBatchInput) server.client.batches.getLast().getInput();
        assertThat(payloads.read(input.getManifest(), 1000)).isEqualTo(MANIFEST);
        assertThat(input.getManifest().getMediaType()).isEqualTo("application/jsonl");
        assertThat(server.client.batches.getLast().getModel()).isEqualTo("5");
    }

    @Test
    void aManifestOfTenThousandLinesIsTakenWhereNobodyWaits() {
        byte[] manifest = "{\"path\":\"some/folder/a.png\"}\n".repeat(10_000).getBytes(UTF_8);
        Form form = new Form().file("manifest", "list.jsonl", null, manifest);
        assertThat(code(server.postForm(PATH, form))).isEqualTo("too_many_images");
        assertThat(server.postForm(PATH, form.text("async", "true")).statusCode()).isEqualTo(202);
    }

    @Test
    void imagesKeepTheNamesOfTheirFilesAndLargeOnesGoToThePayloadStore() {
        byte[] small = new byte[100];
        byte[] large = new byte[PayloadLimits.INLINE_IMAGE_BYTES + 1];
        byte[] rest = new byte[PayloadLimits.INLINE_IMAGE_BYTES - 50];
        HttpResponse<String> response =
                server.postForm(
                        PATH,
                        new Form()
                                .file("images", "a.png", "image/png", small)
                                .file("images", "b.jpg", "image/jpeg", large)
                                .file("images", "c.png", "image/png", rest)
                                .text("async", "true"));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(202);
        List<ImageItem> items =
                ((ImageBatchInput) server.client.batches.getLast().getInput()).getItems();
        assertThat(items).extracting(ImageItem::getName).containsExactly("a.png", "b.jpg", "c.png");
        assertThat(items.get(0).getImage().remaining()).isEqualTo(100);
        assertThat(items.get(1).getStored().getBytes()).isEqualTo(large.length);
        // It is small enough, but together with the first it would not fit.
        assertThat(items.get(2).getStored().getBytes()).isEqualTo(rest.length);
    }

    static Stream<Arguments> badForms() {
        Form manifest = new Form().file("manifest", "m", null, MANIFEST);
        return Stream.of(
                Arguments.of(new Form().text("async", "true"), "no_images"),
                Arguments.of(new Form().file("manifest", "m", null, new byte[0]), "no_images"),
                Arguments.of(
                        new Form().file("manifest", "m", null, "\n \r\n".getBytes(UTF_8)),
                        "no_images"),
                Arguments.of(manifest.text("glob", "*"), "image_source_invalid"),
                Arguments.of(
                        new Form()
                                .file("manifest", "m", null, MANIFEST)
                                .file("manifest", "n", null, MANIFEST),
                        "invalid_request"),
                Arguments.of(
                        new Form()
                                .file("manifest", "m", null, MANIFEST)
                                .file("images", "n", null, MANIFEST),
                        "image_source_invalid"),
                Arguments.of(new Form().file("image", "m", null, MANIFEST), "unsupported_field"),
                Arguments.of(new Form().file("images", "a\0b", null, MANIFEST), "invalid_request"),
                Arguments.of(
                        new Form()
                                .file("manifest", "m", null, MANIFEST)
                                .text("async", "true")
                                .text("deadline_ms", "soon"),
                        "invalid_request"));
    }

    @ParameterizedTest
    @MethodSource("badForms")
    void aBadFormIsRefused(Form form, String code) {
        assertThat(code(server.postForm(PATH, form))).isEqualTo(code);
        assertThat(server.client.batches).isEmpty();
    }

    @Test
    void aFormOfTooManyPartsIsRefused() {
        Form form = new Form();
        for (int i = 0; i < 1101; i++) {
            form.text("field" + i, "x");
        }
        assertThat(code(server.postForm(PATH, form))).isEqualTo("invalid_request");
    }

    @Test
    void withoutAPayloadStoreThereAreNoManifests() {
        try (TestServer without = new TestServer().connected()) {
            HttpResponse<String> response =
                    without.postForm(PATH, new Form().file("manifest", "m", null, MANIFEST));
            assertThat(response.statusCode()).isEqualTo(503);
            assertThat(code(response)).isEqualTo("payload_store_missing");
        }
    }

    private static String code(HttpResponse<String> response) {
        return TestServer.json(response).at("/error/code").stringValue();
    }
}
