package dev.brigade.worker.images;

import dev.brigade.contract.error.ErrorCode;
import dev.brigade.contract.payload.PayloadException;
import dev.brigade.contract.payload.PayloadStore;
import dev.brigade.schema.ImageItem;
import dev.brigade.schema.StoredPayload;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.stream.Stream;

/** Gets the bytes of an image from wherever they are, and never more than are allowed. */
final class ImageSources {

    private final ImageRoots roots;
    private final PayloadStore payloads;
    private final int maxBytes;

    ImageSources(ImageRoots roots, PayloadStore payloads, int maxBytes) {
        this.roots = roots;
        this.payloads = payloads;
        this.maxBytes = maxBytes;
    }

    EncodedImage read(ImageItem item) throws ImageFault {
        checkOneSource(item);
        String path = item.getPath();
        if (path != null) {
            return new EncodedImage(roots.read(path, maxBytes), path);
        }
        StoredPayload stored = item.getStored();
        return new EncodedImage(
                stored != null ? stored(stored) : inline(Objects.requireNonNull(item.getImage())),
                "");
    }

    private static void checkOneSource(ImageItem item) throws ImageFault {
        long sources =
                Stream.of(item.getPath(), item.getImage(), item.getStored())
                        .filter(Objects::nonNull)
                        .count();
        if (sources != 1) {
            throw new ImageFault(
                    ErrorCode.IMAGE_SOURCE_INVALID,
                    "an image needs exactly one of path, image and stored, not " + sources);
        }
    }

    private byte[] inline(ByteBuffer image) throws ImageFault {
        ByteBuffer view = image.duplicate();
        checkBytes(view.remaining());
        byte[] bytes = new byte[view.remaining()];
        view.get(bytes);
        return bytes;
    }

    private byte[] stored(StoredPayload stored) throws ImageFault {
        checkBytes(stored.getBytes());
        try {
            return payloads.read(stored, maxBytes);
        } catch (PayloadException e) {
            throw new ImageFault(e.code(), Objects.requireNonNullElse(e.getMessage(), ""));
        }
    }

    private void checkBytes(long bytes) throws ImageFault {
        if (bytes > maxBytes) {
            throw tooManyBytes(maxBytes);
        }
    }

    static ImageFault tooManyBytes(int maxBytes) {
        return ImageFault.tooLarge(
                "the image has more than the %d bytes allowed".formatted(maxBytes));
    }
}
