package dev.brigade.worker.images;

import static dev.brigade.worker.images.ImageFiles.cut;
import static dev.brigade.worker.images.ImageFiles.encoded;
import static dev.brigade.worker.images.ImageFiles.joined;
import static dev.brigade.worker.images.ImageFiles.picture;
import static dev.brigade.worker.images.ImageFiles.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.contract.error.ErrorCode;
import dev.brigade.contract.payload.PayloadDigest;
import dev.brigade.contract.payload.PayloadStore;
import dev.brigade.contract.payload.PayloadStores;
import dev.brigade.schema.ImageItem;
import dev.brigade.schema.Priority;
import dev.brigade.schema.StoredPayload;
import dev.brigade.worker.backend.Result;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every way in which an image can be bad, each with its own code, beside good ones. */
class BadImagesTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private @TempDir Path folder;
    private Path root = Path.of("/");
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private ImageDesk desk = new ImageDesk(ImageSettings.defaults(), PayloadStores.none(), meters);

    @BeforeEach
    void start() throws IOException {
        desk.close();
        root = folder.resolve("images");
        Files.createDirectories(root.resolve("scans"));
        Files.write(root.resolve("scans/good.png"), ImageFiles.png());
        desk = desk(PayloadStores.none());
    }

    @AfterEach
    void stop() {
        desk.close();
    }

    @Test
    void pathsThatAreNone() {
        assertCode(path(""), ErrorCode.PATH_INVALID);
        assertCode(path("scans/\0good.png"), ErrorCode.PATH_INVALID);
        assertCode(path("scans/a\nb.png"), ErrorCode.PATH_INVALID);
        assertCode(path("scans/" + "x".repeat(5000)), ErrorCode.PATH_INVALID);
        assertCode(path("scans/" + "x".repeat(256)), ErrorCode.PATH_INVALID);
        assertCode(path("scans/\ud800.png"), ErrorCode.PATH_INVALID);
    }

    @Test
    void pathsThatStepUp() {
        assertCode(path("../secret.png"), ErrorCode.PATH_TRAVERSAL);
        assertCode(path("scans/../scans/good.png"), ErrorCode.PATH_TRAVERSAL);
        assertCode(path("scans\\..\\..\\secret.png"), ErrorCode.PATH_TRAVERSAL);
        assertCode(path(root + "/../secret.png"), ErrorCode.PATH_TRAVERSAL);
        assertCode(path(".."), ErrorCode.PATH_TRAVERSAL);
    }

    @Test
    void pathsOutside() throws IOException {
        Files.write(folder.resolve("secret.png"), ImageFiles.png());

        assertCode(path(folder + "/secret.png"), ErrorCode.PATH_OUTSIDE_ROOTS);
        assertCode(path("/etc/passwd"), ErrorCode.PATH_OUTSIDE_ROOTS);
        assertCode(path(root + "-other/good.png"), ErrorCode.PATH_OUTSIDE_ROOTS);
        try (ImageDesk none =
                new ImageDesk(ImageSettings.defaults(), PayloadStores.none(), meters)) {
            assertThat(code(none, path("scans/good.png"))).isEqualTo(ErrorCode.PATH_OUTSIDE_ROOTS);
        }
    }

    @Test
    void linksThatLeadOutside() throws IOException {
        Files.write(folder.resolve("secret.png"), ImageFiles.png());
        Files.createSymbolicLink(root.resolve("link.png"), folder.resolve("secret.png"));
        Files.createSymbolicLink(root.resolve("up"), folder);

        assertCode(path("link.png"), ErrorCode.PATH_SYMLINK_ESCAPE);
        assertCode(path("up/secret.png"), ErrorCode.PATH_SYMLINK_ESCAPE);
        assertCode(path("up/not-there.png"), ErrorCode.PATH_SYMLINK_ESCAPE);
    }

    @Test
    void linksThatStayInsideAreFine() throws IOException {
        Files.createSymbolicLink(root.resolve("link.png"), root.resolve("scans/good.png"));
        Files.createSymbolicLink(root.resolve("folder"), root.resolve("scans"));

        assertGood(path("link.png"));
        assertGood(path("folder/good.png"));
        assertGood(path(root + "/folder/good.png"));
    }

    @Test
    void whatIsNoFile() throws Exception {
        assertThat(new ProcessBuilder("mkfifo", root.resolve("pipe").toString()).start().waitFor())
                .isZero();

        assertCode(path("pipe"), ErrorCode.NOT_A_REGULAR_FILE);
        assertCode(path("scans"), ErrorCode.NOT_A_REGULAR_FILE);
        assertCode(path("."), ErrorCode.NOT_A_REGULAR_FILE);
        try (ImageDesk devices =
                new ImageDesk(settings(List.of(Path.of("/dev"))), PayloadStores.none(), meters)) {
            assertThat(code(devices, path("zero"))).isEqualTo(ErrorCode.NOT_A_REGULAR_FILE);
        }
    }

    @Test
    void whatIsNotThere() throws IOException {
        Files.createSymbolicLink(root.resolve("loop"), root.resolve("loop"));
        Files.createSymbolicLink(root.resolve("nowhere"), root.resolve("nothing"));

        assertCode(path("scans/bad.png"), ErrorCode.IMAGE_NOT_FOUND);
        assertCode(path("scans/good.png/more"), ErrorCode.IMAGE_NOT_FOUND);
        assertCode(path("loop"), ErrorCode.IMAGE_NOT_FOUND);
        assertCode(path("nowhere"), ErrorCode.IMAGE_NOT_FOUND);
        assertCode(path("%2e%2e/secret.png"), ErrorCode.IMAGE_NOT_FOUND);
    }

    @Test
    void urls() {
        assertCode(path("http://127.0.0.1/a.png"), ErrorCode.URL_NOT_ALLOWED);
        assertCode(path("HTTPS://example.org/a.png"), ErrorCode.URL_NOT_ALLOWED);
        assertCode(path("file:/etc/passwd"), ErrorCode.URL_NOT_ALLOWED);
        assertCode(path("file:///etc/../etc/passwd"), ErrorCode.URL_NOT_ALLOWED);
        assertCode(path("data:image/png;base64,AAAA"), ErrorCode.URL_NOT_ALLOWED);
    }

    @Test
    void aRelativePathIsLookedForBelowEachRootInTurn() throws IOException {
        Path second = Files.createDirectories(folder.resolve("second"));
        Files.write(second.resolve("only-here.png"), ImageFiles.png());
        try (ImageDesk two =
                new ImageDesk(settings(List.of(root, second)), PayloadStores.none(), meters)) {
            assertThat(code(two, path("only-here.png"))).isNull();
            assertThat(code(two, path("scans/good.png"))).isNull();
        }
    }

    @Test
    void sourcesThatAreNoneOrSeveral() {
        assertCode(ImageItem.newBuilder().build(), ErrorCode.IMAGE_SOURCE_INVALID);
        assertCode(
                ImageItem.newBuilder()
                        .setPath("scans/good.png")
                        .setImage(ByteBuffer.wrap(ImageFiles.png()))
                        .build(),
                ErrorCode.IMAGE_SOURCE_INVALID);
    }

    @Test
    void storedImages() throws IOException {
        Path place = folder.resolve("payloads");
        try (PayloadStore store = TestingStore.in(place);
                ImageDesk stored = desk(store)) {
            StoredPayload good = store.put(ImageFiles.png(), "image/png");
            assertThat(code(stored, stored(good))).isNull();
            assertThat(code(stored, stored(missing(10)))).isEqualTo(ErrorCode.PAYLOAD_NOT_FOUND);
            assertThat(code(stored, stored(missing(33 << 20))))
                    .isEqualTo(ErrorCode.IMAGE_TOO_LARGE);
            TestingStore.spoil(place);
            assertThat(code(stored, stored(good))).isEqualTo(ErrorCode.DIGEST_MISMATCH);
            assertCode(stored(good), ErrorCode.PAYLOAD_STORE_MISSING);
        }
    }

    @Test
    void contentThatIsNoImage() {
        assertCode(bytes(new byte[0]), ErrorCode.IMAGE_EMPTY);
        assertCode(bytes(text("hello, this is no image at all")), ErrorCode.NOT_AN_IMAGE);
        assertCode(bytes(text("BMessage of some kind, not a picture")), ErrorCode.NOT_AN_IMAGE);
        assertCode(bytes(text("%PDF-1.7")), ErrorCode.NOT_AN_IMAGE);
        assertCode(bytes(text("<html><body><svg/></body>")), ErrorCode.NOT_AN_IMAGE);
        assertCode(bytes(ImageFiles.pngOfSize(0, 5)), ErrorCode.NOT_AN_IMAGE);
        assertCode(bytes(damaged(ImageFiles.png(), 5)), ErrorCode.NOT_AN_IMAGE);
    }

    @Test
    void formatsWithoutAReader() {
        assertCode(
                bytes(text("<?xml version='1.0'?>\n<svg xmlns='http://www.w3.org/2000/svg'/>")),
                ErrorCode.IMAGE_FORMAT_UNSUPPORTED);
        assertCode(bytes(text("\u00ef\u00bb\u00bf <svg/>")), ErrorCode.IMAGE_FORMAT_UNSUPPORTED);
        assertCode(bytes(text("\0\0\0\34ftypavif")), ErrorCode.IMAGE_FORMAT_UNSUPPORTED);
        assertCode(bytes(text("\0\0\0\30ftypheic")), ErrorCode.IMAGE_FORMAT_UNSUPPORTED);
        byte[] compressed = encoded("bmp", picture(9, 9));
        compressed[30] = 4; // a JPEG inside
        assertCode(bytes(compressed), ErrorCode.IMAGE_FORMAT_UNSUPPORTED);
    }

    @Test
    void namesThatSayAnotherFormat() throws IOException {
        Files.write(root.resolve("photo.jpg"), ImageFiles.png());
        Files.write(root.resolve("photo.dat"), ImageFiles.png());
        Files.write(root.resolve("photo"), ImageFiles.png());

        assertCode(path("photo.jpg"), ErrorCode.IMAGE_TYPE_MISMATCH);
        assertGood(path("photo.dat"));
        assertGood(path("photo"));
        ImageSettings lenient =
                new ImageSettings(List.of(root), 50_000_000, 64, 32 << 20, false, 2);
        try (ImageDesk other = new ImageDesk(lenient, PayloadStores.none(), meters)) {
            assertThat(code(other, path("photo.jpg"))).isNull();
        }
    }

    @Test
    void imagesThatEndEarly() {
        for (String format : List.of("png", "jpeg", "gif", "bmp", "tiff")) {
            byte[] file = encoded(format, picture(40, 30));
            assertCode(bytes(cut(file, 12)), ErrorCode.IMAGE_TRUNCATED);
            assertCode(bytes(cut(file, file.length / 2)), ErrorCode.IMAGE_TRUNCATED);
        }
    }

    @Test
    void aJpegWhoseDataEndEarlyIsNoHalfGreyPicture() {
        byte[] file = encoded("jpeg", ImageFiles.picture(200, 200));
        byte[] half = joined(cut(file, file.length / 3), new byte[] {-1, (byte) 0xd9});

        assertCode(bytes(half), ErrorCode.IMAGE_TRUNCATED);
    }

    @Test
    void aGifWhoseDataEndEarlyIsNoHalfPicture() {
        byte[] file = encoded("gif", ImageFiles.indexed(picture(200, 200)));
        byte[] half = joined(cut(file, file.length / 3), new byte[300], text(";"));

        assertCode(bytes(half), ErrorCode.IMAGE_TRUNCATED);
    }

    @Test
    void aPngWithAWrongSumIsDamaged() {
        byte[] file = ImageFiles.png();

        assertCode(bytes(damaged(file, file.length - 20)), ErrorCode.IMAGE_TRUNCATED);
    }

    @Test
    void goodImagesBesideBadOnesAreUnaffectedAndAllAreCounted() {
        List<ImageItem> items = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            items.add(
                    switch (i % 3) {
                        case 0 -> bytes(ImageFiles.png());
                        case 1 -> bytes(ImageFiles.pngOfSize(60_000, 60_000));
                        default -> path("../" + i);
                    });
        }
        List<CompletableFuture<Result<Integer>>> results =
                items.stream()
                        .map(item ->
                                desk.decode(
                                        item,
                                        picture -> picture.getWidth(),
                                        Priority.NORMAL,
                                        LIMIT))
                        .toList();

        for (int i = 0; i < 60; i++) {
            Result<Integer> result = results.get(i).join();
            if (i % 3 == 0) {
                assertThat(result).isEqualTo(Result.done(40));
            } else {
                assertThat(result).isInstanceOf(Result.Failed.class);
            }
        }
        assertThat(count("ok")).isEqualTo(20);
        assertThat(count("image_too_large")).isEqualTo(20);
        assertThat(count("path_traversal")).isEqualTo(20);
        assertThat(meters.get("brigade.image.decode").timer().count()).isEqualTo(60);
    }

    private double count(String result) {
        return meters.get("brigade.images.decoded").tag("result", result).counter().count();
    }

    private void assertCode(ImageItem bad, ErrorCode code) {
        assertThat(code(desk, bad)).isEqualTo(code);
        assertGood(path("scans/good.png"));
    }

    private void assertGood(ImageItem item) {
        assertThat(code(desk, item)).isNull();
    }

    /** The code of what is wrong; null where nothing is. */
    private static @Nullable ErrorCode code(ImageDesk desk, ImageItem item) {
        Result<Integer> result =
                desk.decode(item, picture -> picture.getWidth(), Priority.NORMAL, LIMIT).join();
        if (result instanceof Result.Failed<Integer>(ErrorCode code, String message, boolean c)) {
            assertThat(message).isNotBlank().doesNotContain("/").hasSizeLessThan(200);
            return code;
        }
        assertThat(result).isInstanceOf(Result.Done.class);
        return null;
    }

    private ImageDesk desk(PayloadStore store) {
        return new ImageDesk(settings(List.of(root)), store, meters);
    }

    private static ImageSettings settings(List<Path> roots) {
        return new ImageSettings(roots, 50_000_000, 64, 32 << 20, true, 2);
    }

    private static byte[] damaged(byte[] file, int at) {
        byte[] damaged = file.clone();
        damaged[at] ^= 0x55;
        return damaged;
    }

    private static StoredPayload missing(long bytes) {
        return StoredPayload.newBuilder()
                .setDigest(PayloadDigest.of(text("missing")))
                .setBytes(bytes)
                .setMediaType("image/png")
                .build();
    }

    private static ImageItem path(String path) {
        return ImageItem.newBuilder().setPath(path).build();
    }

    private static ImageItem bytes(byte[] bytes) {
        return ImageItem.newBuilder().setImage(ByteBuffer.wrap(bytes)).build();
    }

    private static ImageItem stored(StoredPayload payload) {
        return ImageItem.newBuilder().setStored(payload).build();
    }
}
