package dev.brigade.client;

import dev.brigade.contract.error.ErrorCode;
import dev.brigade.schema.ImageItem;
import dev.brigade.schema.StoredPayload;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;

/** One image of a batch. */
public sealed interface BatchImage {

    /** The caller's own name of the image, which its result repeats; at most 1000 characters. */
    Optional<String> name();

    /** An image that workers find by its path. */
    static BatchImage path(String path) {
        return new OfPath(path, Optional.empty());
    }

    /** An encoded image, under a name. */
    static BatchImage bytes(String name, byte[] encoded) {
        return new OfBytes(ByteBuffer.wrap(encoded), Optional.of(name));
    }

    /** A file of this machine, under its path as given; it is read when the batch is sent. */
    static BatchImage file(Path file) {
        return new OfFile(file, Optional.of(file.toString()));
    }

    /** An encoded image in the payload store, under a name. */
    static BatchImage stored(String name, StoredPayload payload) {
        return new OfStored(payload, Optional.of(name));
    }

    /** The image of a record, which has exactly one source. */
    static BatchImage of(ImageItem item) {
        Optional<String> name = Optional.ofNullable(item.getName());
        if (item.getPath() != null) {
            return new OfPath(item.getPath(), name);
        }
        if (item.getStored() != null) {
            return new OfStored(item.getStored(), name);
        }
        if (item.getImage() != null) {
            return new OfBytes(item.getImage(), name);
        }
        throw Refusal.of(
                ErrorCode.IMAGE_SOURCE_INVALID,
                "images",
                "need exactly one of path, bytes and stored bytes each");
    }

    /** Path below a root that workers allow. */
    record OfPath(String path, Optional<String> name) implements BatchImage {}

    /** The encoded image. */
    record OfBytes(ByteBuffer encoded, Optional<String> name) implements BatchImage {}

    /** A file of this machine. */
    record OfFile(Path file, Optional<String> name) implements BatchImage {}

    /** The encoded image in the payload store. */
    record OfStored(StoredPayload payload, Optional<String> name) implements BatchImage {}
}
