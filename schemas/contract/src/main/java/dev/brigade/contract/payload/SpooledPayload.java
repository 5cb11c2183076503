package dev.brigade.contract.payload;

import dev.brigade.contract.error.ErrorCode;
import dev.brigade.schema.StoredPayload;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.UUID;

/**
 * The bytes of a stream in a file, since their name is known only when all were seen. Closing it
 * removes the file, unless it was moved away.
 *
 * @param file where the bytes lie, on the disk for certain
 * @param payload what to call them
 */
public record SpooledPayload(Path file, StoredPayload payload) implements AutoCloseable {

    private static final int BUFFER_BYTES = 64 << 10;

    /**
     * Writes a stream to a new file, which is on the disk for certain when this returns.
     *
     * @param folder where the file is made
     * @param maxBytes {@code payload_too_large} beyond
     * @throws UncheckedIOException when {@code in} cannot be read
     * @throws PayloadException when it is too large, or the file cannot be written
     */
    public static SpooledPayload write(
            InputStream in, String mediaType, long maxBytes, Path folder) {
        Path file = folder.resolve(UUID.randomUUID().toString());
        boolean whole = false;
        try (FileChannel out =
                FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            StoredPayload payload = copy(in, mediaType, maxBytes, out);
            out.force(true);
            whole = true;
            return new SpooledPayload(file, payload);
        } catch (IOException e) {
            throw new PayloadException(
                    ErrorCode.PAYLOAD_STORE_DOWN, "a payload could not be written", e);
        } finally {
            if (!whole) {
                remove(file);
            }
        }
    }

    private static StoredPayload copy(
            InputStream in, String mediaType, long maxBytes, FileChannel out) throws IOException {
        MessageDigest digest = PayloadDigest.sha256();
        byte[] buffer = new byte[BUFFER_BYTES];
        long bytes = 0;
        for (int count = next(in, buffer); count >= 0; count = next(in, buffer)) {
            bytes += count;
            if (bytes > maxBytes) {
                throw new PayloadException(
                        ErrorCode.PAYLOAD_TOO_LARGE,
                        "a payload may have at most " + maxBytes + " bytes here");
            }
            digest.update(buffer, 0, count);
            ByteBuffer chunk = ByteBuffer.wrap(buffer, 0, count);
            while (chunk.hasRemaining()) {
                out.write(chunk);
            }
        }
        return StoredPayload.newBuilder()
                .setDigest(HexFormat.of().formatHex(digest.digest()))
                .setBytes(bytes)
                .setMediaType(mediaType)
                .build();
    }

    private static int next(InputStream in, byte[] buffer) {
        try {
            return in.read(buffer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void remove(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            // Collected later as one that is left over.
        }
    }

    @Override
    public void close() {
        remove(file);
    }
}
