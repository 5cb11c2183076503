package dev.brigade.dispatcher.app.mapping;

import dev.brigade.dispatcher.request.ImageBytes;
import dev.brigade.dispatcher.request.ImageRef;
import dev.brigade.dispatcher.request.StoredPayload;
import dev.brigade.schema.ImageInput;
import dev.brigade.schema.ImageItem;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Images, and where their bytes are, between the contract and the core. */
final class Images {

    private Images() {}

    static ImageRef read(ImageItem item) {
        return ref(item.getPath(), item.getImage(), item.getStored(), item.getName());
    }

    static ImageRef read(ImageInput image) {
        return ref(image.getPath(), image.getImage(), image.getStored(), null);
    }

    static StoredPayload read(dev.brigade.schema.StoredPayload stored) {
        return new StoredPayload(stored.getDigest(), stored.getBytes(), stored.getMediaType());
    }

    /** The image of a single classification; the rest of the input is the caller's to set. */
    static ImageInput.Builder write(ImageRef image) {
        return ImageInput.newBuilder()
                .setPath(image.path().orElse(null))
                .setImage(image.bytes().map(Images::buffer).orElse(null))
                .setStored(image.stored().map(Images::write).orElse(null));
    }

    static ImageItem item(ImageRef image) {
        return new ImageItem(
                image.path().orElse(null),
                image.bytes().map(Images::buffer).orElse(null),
                image.stored().map(Images::write).orElse(null),
                image.name().orElse(null));
    }

    static dev.brigade.schema.StoredPayload write(StoredPayload stored) {
        return new dev.brigade.schema.StoredPayload(
                stored.digest(), stored.bytes(), stored.mediaType());
    }

    /** The bytes of a buffer, which stays as it is. */
    static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }

    private static ByteBuffer buffer(ImageBytes image) {
        return ByteBuffer.wrap(image.bytes());
    }

    private static ImageRef ref(
            @Nullable String path,
            @Nullable ByteBuffer image,
            dev.brigade.schema.@Nullable StoredPayload stored,
            @Nullable String name) {
        return new ImageRef(
                Optional.ofNullable(path),
                Optional.ofNullable(image).map(Images::bytes).map(ImageBytes::new),
                Optional.ofNullable(stored).map(Images::read),
                Optional.ofNullable(name));
    }
}
