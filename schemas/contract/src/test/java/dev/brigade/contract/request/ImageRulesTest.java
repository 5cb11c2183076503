package dev.brigade.contract.request;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.contract.error.ErrorCode;
import dev.brigade.contract.payload.PayloadDigest;
import dev.brigade.schema.ImageBatchInput;
import dev.brigade.schema.ImageInput;
import dev.brigade.schema.ImageItem;
import dev.brigade.schema.InferenceRequest;
import dev.brigade.schema.StoredPayload;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ImageRulesTest {

    private static final ErrorCode INVALID = ErrorCode.INVALID_REQUEST;
    private static final ErrorCode SOURCE = ErrorCode.IMAGE_SOURCE_INVALID;
    private static final String DIGEST = PayloadDigest.of(new byte[] {1});

    @ParameterizedTest
    @MethodSource("kept")
    void imagesWithinBoundsAreTaken(String what, Object input) {
        assertThat(RequestRules.firstViolation(request(input))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("broken")
    void imagesOutOfBoundsAreRefusedByFieldAndCode(String param, ErrorCode code, Object input) {
        assertThat(RequestRules.firstViolation(request(input)))
                .hasValueSatisfying(violation -> {
                    assertThat(violation.code()).isEqualTo(code);
                    assertThat(violation.param()).isEqualTo(param);
                    assertThat(violation.message()).startsWith(param + " ");
                });
    }

    @Test
    void noMessageQuotesAPath() {
        for (String path : List.of("../secret", "file:/secret", "secret\u0000", "[secret")) {
            for (Object input : List.of(image(b -> b.setPath(path)), batch(b -> b.setGlob(path)))) {
                RequestRules.firstViolation(request(input))
                        .ifPresent(v -> assertThat(v.message()).doesNotContain("secret"));
            }
        }
    }

    static Stream<Arguments> kept() {
        return Stream.of(
                Arguments.of("bytes", image(b -> b.setImage(bytes()))),
                Arguments.of("path", image(b -> b.setPath("a/b c.png").setPrompt("what?"))),
                Arguments.of("absolute path", image(b -> b.setPath("/images/a.png"))),
                Arguments.of("dots in a name", image(b -> b.setPath("a..b/...png"))),
                Arguments.of(
                        "a URL, which is for the worker to judge",
                        image(b -> b.setPath("https://example.org/a/../b.png"))),
                Arguments.of("stored", image(b -> b.setStored(stored(32 << 20)))),
                Arguments.of("one path", batch(b -> b.setPaths(List.of("a.png")))),
                Arguments.of(
                        "100,000 paths",
                        batch(b -> b.setPaths(Collections.nCopies(100_000, "a.png")))),
                Arguments.of(
                        "paths and bytes that only fail by themselves",
                        batch(b ->
                                b.setItems(
                                        List.of(
                                                item(i -> i.setPath("../a")),
                                                item(i -> i.setPath("")),
                                                item(i -> i.setImage(ByteBuffer.allocate(0))))))),
                Arguments.of(
                        "names",
                        batch(b ->
                                b.setItems(
                                        List.of(
                                                item(i ->
                                                        i.setPath("a")
                                                                .setName("n".repeat(1000))))))),
                Arguments.of("glob", batch(b -> b.setGlob("scans/**/*.{png,jpg}"))),
                Arguments.of("manifest", batch(b -> b.setManifest(stored(1 << 30)))));
    }

    static Stream<Arguments> broken() {
        return Stream.of(
                Arguments.of("image", SOURCE, image(b -> {})),
                Arguments.of("image", SOURCE, image(b -> b.setImage(bytes()).setPath("a"))),
                Arguments.of("image", SOURCE, image(b -> b.setImage(bytes()).setStored(stored(1)))),
                Arguments.of(
                        "image",
                        ErrorCode.IMAGE_EMPTY,
                        image(b -> b.setImage(ByteBuffer.allocate(0)))),
                Arguments.of(
                        "image",
                        ErrorCode.IMAGE_TOO_LARGE,
                        image(b -> b.setStored(stored((32 << 20) + 1)))),
                Arguments.of("image", INVALID, image(b -> b.setStored(stored(-1)))),
                Arguments.of("image", INVALID, image(b -> b.setStored(stored("../../etc/passwd")))),
                Arguments.of(
                        "image",
                        INVALID,
                        image(b -> b.setStored(stored(DIGEST.toUpperCase(java.util.Locale.ROOT))))),
                Arguments.of("path", ErrorCode.PATH_INVALID, image(b -> b.setPath(""))),
                Arguments.of("path", ErrorCode.PATH_INVALID, image(b -> b.setPath("a\u0000.png"))),
                Arguments.of("path", ErrorCode.PATH_INVALID, image(b -> b.setPath("a\n.png"))),
                Arguments.of(
                        "path", ErrorCode.PATH_INVALID, image(b -> b.setPath("a".repeat(4097)))),
                Arguments.of("path", ErrorCode.PATH_TRAVERSAL, image(b -> b.setPath(".."))),
                Arguments.of("path", ErrorCode.PATH_TRAVERSAL, image(b -> b.setPath("a/../b"))),
                Arguments.of("path", ErrorCode.PATH_TRAVERSAL, image(b -> b.setPath("a\\..\\b"))),
                Arguments.of("path", ErrorCode.PATH_TRAVERSAL, image(b -> b.setPath("/a/.."))),
                Arguments.of(
                        "path", ErrorCode.URL_NOT_ALLOWED, image(b -> b.setPath("FILE:///etc/x"))),
                Arguments.of(
                        "path",
                        ErrorCode.URL_NOT_ALLOWED,
                        image(b -> b.setPath("data:image/png;base64," + "A".repeat(5000)))),
                Arguments.of("prompt", INVALID, image(b -> b.setPath("a").setPrompt(" "))),
                Arguments.of(
                        "prompt",
                        INVALID,
                        image(b -> b.setPath("a").setPrompt("x".repeat(32_769)))),
                Arguments.of("images", ErrorCode.NO_IMAGES, batch(b -> {})),
                Arguments.of(
                        "images", SOURCE, batch(b -> b.setPaths(List.of("a")).setGlob("*.png"))),
                Arguments.of(
                        "images",
                        ErrorCode.TOO_MANY_IMAGES,
                        batch(b -> b.setPaths(Collections.nCopies(100_001, "a")))),
                Arguments.of(
                        "images[1]",
                        SOURCE,
                        batch(b -> b.setItems(List.of(item(i -> i.setPath("a")), item(i -> {}))))),
                Arguments.of(
                        "images[0].name",
                        INVALID,
                        batch(b ->
                                b.setItems(
                                        List.of(
                                                item(i ->
                                                        i.setPath("a")
                                                                .setName("n".repeat(1001))))))),
                Arguments.of(
                        "images[0]",
                        INVALID,
                        batch(b -> b.setItems(List.of(item(i -> i.setStored(stored("x"))))))),
                Arguments.of("glob", ErrorCode.PATH_INVALID, batch(b -> b.setGlob(""))),
                Arguments.of("glob", ErrorCode.PATH_TRAVERSAL, batch(b -> b.setGlob("../*.png"))),
                Arguments.of("glob", INVALID, batch(b -> b.setGlob("a/{b,c"))),
                Arguments.of("glob", INVALID, batch(b -> b.setGlob("a[b"))),
                Arguments.of("manifest", ErrorCode.NO_IMAGES, batch(b -> b.setManifest(stored(0)))),
                Arguments.of("manifest", INVALID, batch(b -> b.setManifest(stored("x")))),
                Arguments.of(
                        "manifest",
                        ErrorCode.PAYLOAD_TOO_LARGE,
                        batch(b -> b.setManifest(stored((1L << 30) + 1)))),
                Arguments.of("prompt", INVALID, batch(b -> b.setGlob("*").setPrompt(""))));
    }

    private static ImageInput image(Consumer<ImageInput.Builder> change) {
        ImageInput.Builder input = ImageInput.newBuilder();
        change.accept(input);
        return input.build();
    }

    private static ImageBatchInput batch(Consumer<ImageBatchInput.Builder> change) {
        ImageBatchInput.Builder input = ImageBatchInput.newBuilder();
        change.accept(input);
        return input.build();
    }

    private static ImageItem item(Consumer<ImageItem.Builder> change) {
        ImageItem.Builder item = ImageItem.newBuilder();
        change.accept(item);
        return item.build();
    }

    private static StoredPayload stored(long bytes) {
        return new StoredPayload(DIGEST, bytes, "image/png");
    }

    private static StoredPayload stored(String digest) {
        return new StoredPayload(digest, 1L, "image/png");
    }

    private static ByteBuffer bytes() {
        return ByteBuffer.wrap(new byte[] {1});
    }

    private static InferenceRequest request(Object input) {
        return InferenceRequest.newBuilder().setInput(input).build();
    }
}
