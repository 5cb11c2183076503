package dev.brigade.worker.backend;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.IntConsumer;

/** SHA-256 of a model file. Reading it also warms the page cache from which the engine loads. */
public final class FileDigest {

    private static final int BUFFER_BYTES = 1 << 18;

    private FileDigest() {}

    /**
     * Digest in lower-case hex.
     *
     * @param percent told how far it is, 0 to 100
     * @throws ModelLoadException when the file cannot be read or is not the one expected
     */
    public static String check(Path file, Optional<String> expected, IntConsumer percent)
            throws ModelLoadException, InterruptedException {
        String digest;
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            digest = digest(channel, percent);
        } catch (IOException e) {
            if (Thread.interrupted()) {
                throw new InterruptedException("interrupted while reading " + file);
            }
            throw new ModelLoadException(
                    "model file " + file + " cannot be read: " + e.getClass().getSimpleName(), e);
        }
        if (expected.isPresent() && !expected.get().equalsIgnoreCase(digest)) {
            throw new ModelLoadException(
                    "model file %s has SHA-256 %s, not the expected %s"
                            .formatted(file, digest, expected.get()));
        }
        return digest;
    }

    private static String digest(FileChannel channel, IntConsumer percent) throws IOException {
        MessageDigest sha256 = sha256();
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
        long size = channel.size();
        long done = 0;
        while (channel.read(buffer) >= 0) {
            done += buffer.position();
            sha256.update(buffer.flip());
            buffer.clear();
            percent.accept((int) Math.min(100, done * 100 / Math.max(1, size)));
        }
        return HexFormat.of().formatHex(sha256.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }
}
