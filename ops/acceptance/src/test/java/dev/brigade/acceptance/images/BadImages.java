package dev.brigade.acceptance.images;

import dev.brigade.contract.error.ErrorCode;
import dev.brigade.contract.payload.PayloadStore;
import dev.brigade.schema.ImageItem;
import dev.brigade.schema.StoredPayload;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** One image for each thing that can be wrong with an image, and what it is to be called. */
final class BadImages {

    private static final String NOBODYS =
            "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    private final List<Bad> all = new ArrayList<>();

    /** An image that cannot be classified. */
    record Bad(ErrorCode code, ImageItem image) {}

    /** Writes them below a root, and beside it what must not be reached from there. */
    BadImages(Path root, PayloadStore payloads) {
        Path outside = root.resolveSibling("outside");
        Pictures.write(outside, "secret.png", Pictures.light());
        try {
            Files.createDirectories(root.resolve("bad/folder.png"));
            Files.createSymbolicLink(root.resolve("bad/link.png"), outside.resolve("secret.png"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        path(ErrorCode.PATH_INVALID, "bad/a\u0007b.png");
        path(ErrorCode.PATH_INVALID, "bad/" + "x".repeat(5_000));
        path(ErrorCode.PATH_TRAVERSAL, "bad/../../outside/secret.png");
        path(ErrorCode.PATH_OUTSIDE_ROOTS, outside.resolve("secret.png").toString());
        path(ErrorCode.PATH_OUTSIDE_ROOTS, "/etc/hostname");
        path(ErrorCode.PATH_SYMLINK_ESCAPE, "bad/link.png");
        path(ErrorCode.NOT_A_REGULAR_FILE, "bad/folder.png");
        path(ErrorCode.IMAGE_NOT_FOUND, "bad/none.png");
        path(ErrorCode.URL_NOT_ALLOWED, "http://127.0.0.1/a.png");
        path(ErrorCode.URL_NOT_ALLOWED, "file:///etc/hostname");
        file(root, ErrorCode.IMAGE_EMPTY, "empty.png", new byte[0]);
        file(root, ErrorCode.NOT_AN_IMAGE, "text.png", "no image".getBytes(StandardCharsets.UTF_8));
        file(root, ErrorCode.IMAGE_TRUNCATED, "half.png", Pictures.truncated());
        file(root, ErrorCode.IMAGE_TYPE_MISMATCH, "really-a-jpeg.png", Pictures.jpeg());
        file(root, ErrorCode.IMAGE_FORMAT_UNSUPPORTED, "drawing.svg", Pictures.svg());
        file(root, ErrorCode.IMAGE_TOO_LARGE, "vast.png", Pictures.claiming(20_000, 20_000));
        file(root, ErrorCode.IMAGE_TOO_MANY_FRAMES, "film.gif", Pictures.frames(65));
        bytes(ErrorCode.IMAGE_EMPTY, new byte[0]);
        bytes(ErrorCode.NOT_AN_IMAGE, new byte[] {1, 2, 3});
        bytes(ErrorCode.IMAGE_TRUNCATED, Pictures.truncated());
        stored(ErrorCode.PAYLOAD_NOT_FOUND, new StoredPayload(NOBODYS, 100L, "image/png"));
        stored(ErrorCode.DIGEST_MISMATCH, damaged(root, payloads));
    }

    List<Bad> all() {
        return all;
    }

    /** Those that a path names. */
    List<Bad> paths() {
        return all.stream().filter(bad -> bad.image().getPath() != null).toList();
    }

    /** A payload whose file was changed, but not its length, after it was put. */
    private static StoredPayload damaged(Path root, PayloadStore payloads) {
        StoredPayload payload = payloads.put(Pictures.noisy(16, 99), "image/png");
        try (var files = Files.walk(root.resolveSibling("payloads"))) {
            Path file =
                    files.filter(f -> f.getFileName().toString().contains(payload.getDigest()))
                            .findFirst()
                            .orElseThrow();
            byte[] bytes = Files.readAllBytes(file);
            bytes[bytes.length / 2] ^= 1;
            Files.write(file, bytes);
            return payload;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void path(ErrorCode code, String path) {
        all.add(new Bad(code, ImageItem.newBuilder().setPath(path).build()));
    }

    private void file(Path root, ErrorCode code, String name, byte[] bytes) {
        path(code, Pictures.write(root, "bad/" + name, bytes));
    }

    private void bytes(ErrorCode code, byte[] bytes) {
        all.add(new Bad(code, ImageItem.newBuilder().setImage(ByteBuffer.wrap(bytes)).build()));
    }

    private void stored(ErrorCode code, StoredPayload payload) {
        all.add(new Bad(code, ImageItem.newBuilder().setStored(payload).build()));
    }
}
