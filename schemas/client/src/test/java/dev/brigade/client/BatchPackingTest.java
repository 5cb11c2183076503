package dev.brigade.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.brigade.contract.error.ErrorCode;
import dev.brigade.contract.payload.PayloadDigest;
import dev.brigade.contract.payload.PayloadStore;
import dev.brigade.contract.payload.PayloadStores;
import dev.brigade.contract.request.RequestRules;
import dev.brigade.schema.ImageBatchInput;
import dev.brigade.schema.ImageInput;
import dev.brigade.schema.ImageItem;
import dev.brigade.schema.InferenceRequest;
import dev.brigade.schema.Priority;
import dev.brigade.schema.StoredPayload;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What travels in the record and what through the payload store. */
class BatchPackingTest {

    private static final int HALF_MIB = 512 << 10;
    private static final byte[] SMALL = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n', 1};

    @TempDir Path folder;
    private PayloadStore store = PayloadStores.none();

    @BeforeEach
    void open() {
        store = PayloadStores.open(folder.resolve("store").toString());
    }

    @Test
    void fewPathsTravelAsPaths() {
        ImageBatchInput input = sent(ImageBatchRequest.ofPaths(List.of("a.png", "b.png")));

        assertThat(input.getPaths()).containsExactly("a.png", "b.png");
        assertThat(input.getManifest()).isNull();
    }

    @Test
    void fewImagesTravelWithTheirNames() throws IOException {
        Path file = Files.write(folder.resolve("c.png"), SMALL);
        StoredPayload stored = store.put(SMALL, "image/png");

        ImageBatchInput input =
                sent(
                        images(
                                List.of(
                                        BatchImage.path("a.png"),
                                        BatchImage.bytes("b", SMALL),
                                        BatchImage.file(file),
                                        BatchImage.stored("d", stored))));

        assertThat(input.getItems())
                .containsExactly(
                        ImageItem.newBuilder().setPath("a.png").build(),
                        ImageItem.newBuilder()
                                .setName("b")
                                .setImage(ByteBuffer.wrap(SMALL))
                                .build(),
                        ImageItem.newBuilder()
                                .setName(file.toString())
                                .setImage(ByteBuffer.wrap(SMALL))
                                .build(),
                        ImageItem.newBuilder().setName("d").setStored(stored).build());
    }

    @Test
    void aLargeImageGoesIntoTheStoreAndTheOthersStay() throws IOException {
        byte[] large = new byte[HALF_MIB + 1];
        Path file = Files.write(folder.resolve("large.jpg"), large);

        ImageBatchInput input =
                sent(
                        images(
                                List.of(
                                        BatchImage.bytes("a", large),
                                        BatchImage.file(file),
                                        BatchImage.bytes("c", SMALL))));

        StoredPayload stored = input.getItems().get(0).getStored();
        assertThat(store.read(stored, large.length)).isEqualTo(large);
        assertThat(input.getItems().get(1).getStored().getDigest()).isEqualTo(stored.getDigest());
        assertThat(input.getItems().get(1).getStored().getMediaType()).isEqualTo("image/jpeg");
        assertThat(input.getItems().get(2).getImage()).isEqualTo(ByteBuffer.wrap(SMALL));
    }

    @Test
    void whatDoesNotFitTogetherBecomesAManifestWithoutBytes() {
        byte[] one = new byte[HALF_MIB / 2];
        List<BatchImage> images =
                List.of(
                        BatchImage.bytes("a \"quoted\"\n", one),
                        BatchImage.path("b/ü.png"),
                        BatchImage.bytes("c", one),
                        BatchImage.bytes("d", one));

        List<JsonNode> lines = lines(sent(images(images)).getManifest());

        assertThat(lines).hasSize(4);
        assertThat(lines.get(0).path("name").asString()).isEqualTo("a \"quoted\"\n");
        assertThat(stored(lines.get(0))).isEqualTo(stored(lines.get(3)));
        assertThat(store.read(stored(lines.get(0)), one.length)).isEqualTo(one);
        assertThat(lines.get(1).path("path").asString()).isEqualTo("b/ü.png");
        assertThat(lines.get(1).has("name")).isFalse();
        assertThat(lines).noneMatch(line -> line.has("image_base64"));
    }

    @Test
    void aHundredThousandPathsAreAManifest() {
        List<String> paths =
                IntStream.range(0, 100_000)
                        .mapToObj("scans/2026/page-%06d.png"::formatted)
                        .toList();

        ImageBatchInput input = sent(ImageBatchRequest.ofPaths(paths));

        assertThat(input.getPaths()).isEmpty();
        assertThat(lines(input.getManifest()))
                .hasSize(100_000)
                .extracting(line -> line.path("path").asString())
                .startsWith("scans/2026/page-000000.png")
                .endsWith("scans/2026/page-099999.png");
    }

    /** 800 MB of images, in a process that is allowed 512 MB. */
    @Test
    void aHundredThousandImagesAreNeverInMemoryTogether() {
        TestingPayloadStore counting = new TestingPayloadStore();
        Iterable<BatchImage> images =
                () ->
                        IntStream.range(0, 100_000)
                                .mapToObj(i -> BatchImage.bytes("page-" + i, new byte[8 << 10]))
                                .iterator();

        ImageBatchInput input = batchOf(images(images).toRecord("default", counting));

        assertThat(counting.images).isEqualTo(100_000);
        assertThat(input.getItems()).isEmpty();
        assertThat(counting.manifests)
                .singleElement()
                .satisfies(m -> {
                    assertThat(new String(m, StandardCharsets.UTF_8).lines()).hasSize(100_000);
                });
    }

    @Test
    void oneMoreThanAHundredThousandIsRefused() {
        failsWith(
                ErrorCode.TOO_MANY_IMAGES,
                () -> sent(ImageBatchRequest.ofPaths(Collections.nCopies(100_001, "a.png"))));
    }

    @Test
    void withoutAStoreThreeMebibytesTravelAndNoMore() {
        byte[] one = new byte[1 << 20];
        BatchImage image = BatchImage.bytes("a", one);
        ImageBatchRequest two = images(Collections.nCopies(2, image));
        ImageBatchRequest three = images(Collections.nCopies(3, image));

        assertThat(batchOf(two.toRecord("default", PayloadStores.none())).getItems()).hasSize(2);
        failsWith(
                ErrorCode.PAYLOAD_STORE_MISSING,
                () -> three.toRecord("default", PayloadStores.none()));
    }

    @Test
    void anImageThatIsTooLargeOrMissingIsNamedByItsPlace() throws IOException {
        Path missing = folder.resolve("missing.png");
        Path huge = folder.resolve("huge.png");
        try (var file = new java.io.RandomAccessFile(huge.toFile(), "rw")) {
            file.setLength((32 << 20) + 1);
        }

        assertThatThrownBy(
                        () -> sent(images(List.of(BatchImage.path("a"), BatchImage.file(missing)))))
                .isInstanceOfSatisfying(
                        BrigadeException.class,
                        e -> {
                            assertThat(e.code()).isEqualTo(ErrorCode.IMAGE_NOT_FOUND);
                            assertThat(e.failure().param()).isEqualTo("images[1]");
                        });
        failsWith(ErrorCode.IMAGE_TOO_LARGE, () -> sent(images(List.of(BatchImage.file(huge)))));
        failsWith(
                ErrorCode.IMAGE_TOO_LARGE,
                () -> sent(images(List.of(BatchImage.bytes("x", new byte[(32 << 20) + 1])))));
    }

    @Test
    void aBatchIsLowAndHasADayUnlessToldOtherwise() {
        InferenceRequest plain =
                ImageBatchRequest.builder().glob("**/*.png").build().toRecord("acme", store);
        InferenceRequest urgent =
                ImageBatchRequest.builder()
                        .glob("**/*.png")
                        .priority(Priority.HIGH)
                        .deadline(java.time.Duration.ofMinutes(5))
                        .prompt("technical?")
                        .maxTokens(5)
                        .allowUncertain(true)
                        .resizeImage(false)
                        .build()
                        .toRecord("acme", store);

        assertThat(plain.getPriority()).isEqualTo(Priority.LOW);
        assertThat(plain.getDeadlineMs()).isEqualTo(86_400_000);
        assertThat(batchOf(plain).getGlob()).isEqualTo("**/*.png");
        assertThat(batchOf(plain).getResizeImage()).isTrue();
        assertThat(urgent.getPriority()).isEqualTo(Priority.HIGH);
        assertThat(urgent.getDeadlineMs()).isEqualTo(300_000);
        assertThat(urgent.getSampling().getMaxTokens()).isEqualTo(5);
        assertThat(batchOf(urgent).getPrompt()).isEqualTo("technical?");
        assertThat(batchOf(urgent).getAllowUncertain()).isTrue();
        assertThat(batchOf(urgent).getResizeImage()).isFalse();
        assertThat(RequestRules.firstViolation(plain)).isEmpty();
        assertThat(RequestRules.firstViolation(urgent)).isEmpty();
    }

    @Test
    void anyRecordIsMadeToFit() {
        ClaimCheck claims = new ClaimCheck(store);
        byte[] large = new byte[HALF_MIB + 1];
        InferenceRequest image =
                request(ImageInput.newBuilder().setImage(ByteBuffer.wrap(large)).build());
        InferenceRequest small =
                request(ImageInput.newBuilder().setImage(ByteBuffer.wrap(SMALL)).build());
        InferenceRequest batch =
                request(
                        ImageBatchInput.newBuilder()
                                .setPaths(Collections.nCopies(60_000, "some/image.png"))
                                .setPrompt("what?")
                                .build());

        assertThat(claims.check(small)).isSameAs(small);
        ImageInput claimed = (ImageInput) claims.check(image).getInput();
        assertThat(claimed.getImage()).isNull();
        assertThat(claimed.getStored().getDigest()).isEqualTo(PayloadDigest.of(large));
        ImageBatchInput packed = batchOf(claims.check(batch));
        assertThat(packed.getPaths()).isEmpty();
        assertThat(packed.getPrompt()).isEqualTo("what?");
        assertThat(lines(packed.getManifest())).hasSize(60_000);
        assertThat(RequestRules.firstViolation(claims.check(batch))).isEmpty();
    }

    private ImageBatchInput sent(ImageBatchRequest request) {
        InferenceRequest record = request.toRecord("default", store);
        assertThat(RequestRules.firstViolation(record)).isEmpty();
        return batchOf(record);
    }

    private static ImageBatchRequest images(Iterable<BatchImage> images) {
        return ImageBatchRequest.builder().images(images).build();
    }

    private static ImageBatchInput batchOf(InferenceRequest record) {
        return (ImageBatchInput) record.getInput();
    }

    private static InferenceRequest request(Object input) {
        return InferenceRequest.newBuilder().setInput(input).build();
    }

    private List<JsonNode> lines(StoredPayload manifest) {
        assertThat(manifest.getMediaType()).isEqualTo("application/jsonl");
        JsonMapper json = new JsonMapper();
        return new String(store.read(manifest, 100 << 20), StandardCharsets.UTF_8)
                .lines()
                .map(json::readTree)
                .toList();
    }

    private static StoredPayload stored(JsonNode line) {
        JsonNode stored = line.path("stored");
        return new StoredPayload(
                stored.path("digest").asString(),
                stored.path("bytes").asLong(),
                stored.path("media_type").asString());
    }

    private static void failsWith(ErrorCode code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        BrigadeException.class, e -> assertThat(e.code()).isEqualTo(code));
    }
}
