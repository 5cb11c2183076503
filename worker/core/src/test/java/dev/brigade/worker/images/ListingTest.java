package dev.brigade.worker.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.brigade.contract.error.ErrorCode;
import dev.brigade.contract.payload.PayloadStore;
import dev.brigade.contract.payload.PayloadStores;
import dev.brigade.schema.ImageItem;
import dev.brigade.schema.ImageListing;
import dev.brigade.schema.ImagePart;
import dev.brigade.schema.ListedItems;
import dev.brigade.schema.StoredPayload;
import dev.brigade.worker.backend.Result;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a batch consists of: globs and manifests. */
class ListingTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String DIGEST = "ab".repeat(32);

    private @TempDir Path folder;
    private Path root = Path.of("/");
    private PayloadStore store = PayloadStores.none();
    private ImageDesk desk =
            new ImageDesk(ImageSettings.defaults(), store, new SimpleMeterRegistry());

    @BeforeEach
    void start() throws IOException {
        desk.close();
        root = Files.createDirectories(folder.resolve("images"));
        for (String path :
                List.of(
                        "b.png",
                        "a.png",
                        "scans/1.png",
                        "scans/deep/er/2.png",
                        "scans/x.jpg",
                        "scans-old/3.png",
                        ".git/4.png",
                        "scans/.5.png",
                        "A.png")) {
            Files.createDirectories(root.resolve(path).getParent());
            Files.write(root.resolve(path), ImageFiles.png());
        }
        store = TestingStore.in(folder.resolve("payloads"));
        desk = desk(List.of(root));
    }

    @AfterEach
    void stop() {
        desk.close();
        store.close();
    }

    private ImageDesk desk(List<Path> roots) {
        return new ImageDesk(
                new ImageSettings(roots, 50_000_000, 64, 1 << 20, true, 2),
                store,
                new SimpleMeterRegistry());
    }

    @ParameterizedTest
    @CsvSource({
        "*.png, A.png a.png b.png",
        "**/*.png, A.png a.png b.png scans-old/3.png scans/1.png scans/deep/er/2.png",
        "scans/**/*.png, scans/1.png scans/deep/er/2.png",
        "scans/*.png, scans/1.png",
        "scans/*.{png;jpg}, scans/1.png scans/x.jpg",
        "scans*/?.png, scans-old/3.png scans/1.png",
        "./scans//1.png, scans/1.png",
        "scans/**, scans/1.png scans/deep/er/2.png scans/x.jpg",
        ".git/*.png, .git/4.png",
        "**/**/er/*, scans/deep/er/2.png",
        "{a;b;b}.png, a.png b.png",
    })
    void aGlobFindsFilesInLexicalOrder(String glob, String paths) {
        assertThat(found(glob.replace(';', ','))).containsExactly(paths.split(" "));
    }

    @Test
    void anAbsoluteGlobGivesAbsolutePaths() {
        assertThat(found(root + "/scans/*.png")).containsExactly(root + "/scans/1.png");
        assertThat(code(glob("/etc/*"))).isEqualTo(ErrorCode.PATH_OUTSIDE_ROOTS);
    }

    @Test
    void aGlobFollowsLinksOnlyInside() throws IOException {
        Files.createSymbolicLink(root.resolve("inside"), root.resolve("scans"));
        Files.createSymbolicLink(root.resolve("circle"), root);
        Path secret = Files.createDirectories(folder.resolve("secret"));
        Files.write(secret.resolve("s.png"), ImageFiles.png());
        Files.createSymbolicLink(root.resolve("outside"), secret);
        Files.createSymbolicLink(root.resolve("s.png"), secret.resolve("s.png"));

        assertThat(found("inside/*.png")).containsExactly("inside/1.png");
        assertThat(found("circle/a.png")).containsExactly("circle/a.png");
        assertThat(code(glob("outside/*.png"))).isEqualTo(ErrorCode.NO_IMAGES);
        assertThat(code(glob("s.png"))).isEqualTo(ErrorCode.NO_IMAGES);
        assertThat(found("**/*.png")).hasSize(6);
    }

    @Test
    void rootsAreOneFolderToAGlob() throws IOException {
        Path second = Files.createDirectories(folder.resolve("second"));
        Files.write(second.resolve("a.png"), ImageFiles.png());
        Files.write(second.resolve("c.png"), ImageFiles.png());
        desk.close();
        desk = desk(List.of(root, second));

        assertThat(found("[a-c].png")).containsExactly("a.png", "b.png", "c.png");
    }

    @Test
    void globsThatCannotBe() {
        assertThat(code(glob("nothing/*.png"))).isEqualTo(ErrorCode.NO_IMAGES);
        assertThat(code(glob("../*.png"))).isEqualTo(ErrorCode.PATH_TRAVERSAL);
        assertThat(code(glob("{.,x}{.,x}/*.png"))).isEqualTo(ErrorCode.PATH_TRAVERSAL);
        assertThat(code(glob("a\0*"))).isEqualTo(ErrorCode.PATH_INVALID);
        assertThat(code(glob("https://example.org/*.png"))).isEqualTo(ErrorCode.URL_NOT_ALLOWED);
        assertThat(code(ImageListing.newBuilder().build()))
                .isEqualTo(ErrorCode.IMAGE_SOURCE_INVALID);
    }

    @Test
    void aListingPastItsTimeSaysSo() {
        assertThat(failure(desk.list(glob("**/*.png"), Duration.ZERO)))
                .isEqualTo(ErrorCode.DEADLINE_EXCEEDED);
    }

    @Test
    void theImagesOfAGlobCanBeReadAsPartsOfItsManifest() {
        ListedItems listed = listed(glob("**/*.png"));

        assertThat(desk.items(part(listed.getManifest(), 1, 2)))
                .isEqualTo(
                        Result.done(
                                List.of(
                                        ImageItem.newBuilder().setPath("a.png").build(),
                                        ImageItem.newBuilder().setPath("b.png").build())));
        assertThat(failure(desk.items(part(listed.getManifest(), 5, 2))))
                .isEqualTo(ErrorCode.INVALID_MANIFEST);
    }

    @Test
    void aManifestIsCheckedAndCounted() {
        String image = Base64.getEncoder().encodeToString(ImageFiles.png());
        StoredPayload manifest =
                TestingStore.manifest(
                        store,
                        "{\"path\": \"a.png\", \"name\": \"first\"}",
                        "{\"image_base64\": \"data:image/png;base64," + image + "\"}\r",
                        "{\"stored\": {\"digest\": \"%s\", \"bytes\": 7, \"media_type\": \"x\"}}"
                                .formatted(DIGEST));

        ListedItems listed = listed(manifest(manifest));

        assertThat(listed.getCount()).isEqualTo(3);
        assertThat(listed.getManifest()).isEqualTo(manifest);
        assertThat(value(desk.items(part(manifest, 0, 3))))
                .containsExactly(
                        ImageItem.newBuilder().setPath("a.png").setName("first").build(),
                        ImageItem.newBuilder().setImage(ByteBuffer.wrap(ImageFiles.png())).build(),
                        ImageItem.newBuilder().setStored(stored(7)).build());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "hello",
                "[]",
                "\"a.png\"",
                "{}",
                "{\"path\": \"a\"} {\"path\": \"b\"}",
                "{\"path\": \"a\", \"image_base64\": \"AAAA\"}",
                "{\"path\": 5}",
                "{\"path\": \"a\", \"colour\": \"red\"}",
                "{\"image_base64\": \"not Base64!\"}",
                "{\"stored\": {\"digest\": \"AB\", \"bytes\": 7, \"media_type\": \"x\"}}",
                "{\"stored\": \"x\"}",
                "{\"path\": null}",
            })
    void aBadLineIsNamed(String line) {
        StoredPayload manifest =
                TestingStore.manifest(store, "{\"path\": \"a\"}", line, "{\"path\": \"b\"}");

        assertThat(desk.list(manifest(manifest), LIMIT))
                .isInstanceOfSatisfying(
                        Result.Failed.class,
                        failed -> {
                            assertThat(failed.code()).isEqualTo(ErrorCode.INVALID_MANIFEST);
                            assertThat(failed.message()).startsWith("line 2 of the manifest ");
                        });
    }

    @Test
    void manifestsThatCannotBe() throws IOException {
        String lines =
                IntStream.rangeClosed(0, 100_000)
                        .mapToObj(i -> "{\"path\":\"" + i + "\"}")
                        .collect(Collectors.joining("\n"));
        StoredPayload good = TestingStore.manifest(store, "{\"path\": \"a\"}");

        assertThat(code(manifest(TestingStore.manifest(store, lines))))
                .isEqualTo(ErrorCode.TOO_MANY_IMAGES);
        assertThat(code(manifest(TestingStore.manifest(store, "")))).isEqualTo(ErrorCode.NO_IMAGES);
        assertThat(code(manifest(TestingStore.manifest(store, "x".repeat(3 << 20)))))
                .isEqualTo(ErrorCode.INVALID_MANIFEST);
        assertThat(code(manifest(stored(5)))).isEqualTo(ErrorCode.PAYLOAD_NOT_FOUND);
        assertThat(code(manifest(stored(2L << 30)))).isEqualTo(ErrorCode.PAYLOAD_TOO_LARGE);
        TestingStore.spoil(folder.resolve("payloads"));
        assertThat(code(manifest(good))).isEqualTo(ErrorCode.DIGEST_MISMATCH);
    }

    @Test
    void aHundredThousandLinesAreFine() {
        String lines =
                IntStream.range(0, 100_000)
                        .mapToObj(i -> "{\"path\":\"" + i + "\"}")
                        .collect(Collectors.joining("\n"));
        StoredPayload manifest =
                store.put(lines.getBytes(StandardCharsets.UTF_8), "application/jsonl");

        assertThat(listed(manifest(manifest)).getCount()).isEqualTo(100_000);
        assertThat(desk.items(part(manifest, 99_999, 1)))
                .isEqualTo(Result.done(List.of(ImageItem.newBuilder().setPath("99999").build())));
    }

    @Test
    void aManifestThatWasGivenUpIsCopiedAgain() {
        StoredPayload first = TestingStore.manifest(store, "{\"path\": \"first\"}");
        Result<List<ImageItem>> items = desk.items(part(first, 0, 1));
        for (int i = 0; i < 20; i++) {
            StoredPayload other = TestingStore.manifest(store, "{\"path\": \"" + i + "\"}");
            assertThat(listed(manifest(other)).getCount()).isEqualTo(1);
        }

        assertThat(items)
                .isEqualTo(Result.done(List.of(ImageItem.newBuilder().setPath("first").build())));
    }

    @Test
    void aReaderThatIsInterruptedDisturbsNoOther() {
        StoredPayload manifest = TestingStore.manifest(store, "{\"path\": \"a\"}");
        List<ImageItem> items = value(desk.items(part(manifest, 0, 1)));

        Thread.currentThread().interrupt();
        assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(() -> items.get(0));
        assertThat(Thread.interrupted()).isTrue();

        assertThat(items.get(0).getPath()).isEqualTo("a");
    }

    @Test
    void imagesInThePartAreTakenAsTheyAre() {
        ImageItem item = ImageItem.newBuilder().setPath("a.png").build();
        ImagePart.Builder part =
                ImagePart.newBuilder().setFrom(8).setCount(1).setItems(List.of(item));

        assertThat(desk.items(part.build())).isEqualTo(Result.done(List.of(item)));
        assertThat(failure(desk.items(part.setCount(2).build())))
                .isEqualTo(ErrorCode.INVALID_REQUEST);
    }

    private List<String> found(String glob) {
        ListedItems listed = listed(glob(glob));
        return value(desk.items(part(listed.getManifest(), 0, listed.getCount()))).stream()
                .map(ImageItem::getPath)
                .toList();
    }

    private ListedItems listed(ImageListing listing) {
        return value(desk.list(listing, LIMIT));
    }

    private ErrorCode code(ImageListing listing) {
        return failure(desk.list(listing, LIMIT));
    }

    private static <T> T value(Result<T> result) {
        if (result instanceof Result.Done<T>(T value)) {
            return value;
        }
        throw new AssertionError(result.toString());
    }

    private static ErrorCode failure(Result<?> result) {
        if (result instanceof Result.Failed<?> failed) {
            return failed.code();
        }
        throw new AssertionError(result.toString());
    }

    private static StoredPayload stored(long bytes) {
        return StoredPayload.newBuilder()
                .setDigest(DIGEST)
                .setBytes(bytes)
                .setMediaType("x")
                .build();
    }

    private static ImageListing glob(String glob) {
        return ImageListing.newBuilder().setGlob(glob).build();
    }

    private static ImageListing manifest(StoredPayload manifest) {
        return ImageListing.newBuilder().setManifest(manifest).build();
    }

    private static ImagePart part(StoredPayload manifest, int from, int count) {
        return ImagePart.newBuilder().setManifest(manifest).setFrom(from).setCount(count).build();
    }
}
