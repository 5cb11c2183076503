package dev.brigade.contract.payload;

import dev.brigade.schema.StoredPayload;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.time.Duration;
import java.util.function.Predicate;

/**
 * Keeps bytes under their SHA-256. Who has the digest can read them, and sees at once when they are
 * not what was put; putting the same bytes again changes nothing but their age. Safe for use by
 * many threads and programs.
 *
 * <p>Every method throws a {@link PayloadException} that says what went wrong.
 */
public interface PayloadStore extends AutoCloseable {

    /**
     * Keeps all bytes of a stream, which is not closed. What is there already counts as put now.
     *
     * @param maxBytes {@code payload_too_large} beyond, and nothing is kept
     * @throws java.io.UncheckedIOException when {@code in} cannot be read
     */
    StoredPayload put(InputStream in, String mediaType, long maxBytes);

    /** As {@link #put(InputStream, String, long)}. */
    default StoredPayload put(byte[] bytes, String mediaType) {
        return put(new ByteArrayInputStream(bytes), mediaType, bytes.length);
    }

    /**
     * The bytes, checked while they are read: a read throws {@code digest_mismatch} at the latest
     * at the end, so nothing that was read counts before the end was seen. To be closed.
     */
    InputStream open(StoredPayload payload);

    /**
     * The bytes, checked.
     *
     * @param maxBytes {@code payload_too_large} beyond
     */
    default byte[] read(StoredPayload payload, long maxBytes) {
        return CheckedPayload.read(this, payload, maxBytes);
    }

    /** Whether the bytes are there, by their digest and number. */
    boolean has(StoredPayload payload);

    /** As {@link #collect(Duration, Predicate)}, sparing none. */
    default int collect(Duration olderThan) {
        return collect(olderThan, digest -> false);
    }

    /**
     * Removes what nobody put for longer than this.
     *
     * @param spared whether the payload of a digest stays, however old
     * @return how many payloads
     */
    int collect(Duration olderThan, Predicate<String> spared);

    /** Lets go of connections; bytes stay. */
    @Override
    default void close() {}
}
