package dev.brigade.contract.payload;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;

import dev.brigade.contract.error.ErrorCode;
import dev.brigade.schema.StoredPayload;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.InstantSource;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * Payloads as files, {@code payloads/sha256/ab/abcdef...} below a folder that programs may share.
 *
 * <p>A file has its name only when all its bytes are on the disk, so a reader never sees half of
 * one. A put always replaces the file: that makes it new, and heals one that the disk has spoilt.
 * Collecting takes a file away under another name first and looks at its age again, so that one
 * which was put in that moment comes back.
 */
final class FolderPayloadStore implements PayloadStore {

    private final Path digests;
    private final Path incoming;
    private final InstantSource clock;

    private FolderPayloadStore(Path root, InstantSource clock) throws IOException {
        Path payloads = root.resolve("payloads");
        this.digests = Files.createDirectories(payloads.resolve("sha256"));
        this.incoming = Files.createDirectories(payloads.resolve("incoming"));
        this.clock = clock;
    }

    /** The store below a folder, which is made where it is missing. */
    static PayloadStore at(Path root, InstantSource clock) {
        try {
            FolderPayloadStore store = new FolderPayloadStore(root, clock);
            // Says at the start, not at the first large image, that nothing can be written.
            SpooledPayload.write(InputStream.nullInputStream(), "", 0, store.incoming).close();
            return store;
        } catch (IOException e) {
            throw new PayloadException(
                    ErrorCode.PAYLOAD_STORE_DOWN,
                    "the folder of the payload store cannot be made or written to",
                    e);
        }
    }

    @Override
    public StoredPayload put(InputStream in, String mediaType, long maxBytes) {
        try (SpooledPayload spooled = SpooledPayload.write(in, mediaType, maxBytes, incoming)) {
            Path file = file(spooled.payload());
            Files.createDirectories(parent(file));
            Files.move(spooled.file(), file, ATOMIC_MOVE);
            forceFolder(parent(file));
            return spooled.payload();
        } catch (IOException e) {
            throw down(e);
        }
    }

    @Override
    public InputStream open(StoredPayload payload) {
        try {
            return CheckedPayload.of(Files.newInputStream(file(payload)), payload);
        } catch (NoSuchFileException e) {
            throw new PayloadException(
                    ErrorCode.PAYLOAD_NOT_FOUND, "the payload store does not hold these bytes");
        } catch (IOException e) {
            throw down(e);
        }
    }

    @Override
    public boolean has(StoredPayload payload) {
        try {
            return Files.size(file(payload)) == payload.getBytes();
        } catch (NoSuchFileException e) {
            return false;
        } catch (IOException e) {
            throw down(e);
        }
    }

    @Override
    public int collect(Duration olderThan, Predicate<String> spared) {
        long oldest = clock.millis() - olderThan.toMillis();
        Sweep sweep = new Sweep(oldest, spared);
        try {
            Files.walkFileTree(incoming, sweep);
            sweep.collected = 0;
            Files.walkFileTree(digests, sweep);
        } catch (IOException | UncheckedIOException e) {
            throw down(e);
        }
        return sweep.collected;
    }

    private Path file(StoredPayload payload) {
        String digest = payload.getDigest();
        if (!PayloadDigest.isDigest(digest)) {
            throw new PayloadException(
                    ErrorCode.PAYLOAD_NOT_FOUND, "a digest is 64 lower-case hexadecimal digits");
        }
        return digests.resolve(digest.substring(0, 2)).resolve(digest);
    }

    private static Path parent(Path file) {
        return java.util.Objects.requireNonNull(file.getParent());
    }

    /** Without this the name could be lost with the power, though the bytes are not. */
    private static void forceFolder(Path folder) {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            // Some systems open no folders; they keep names in order by themselves.
        }
    }

    private static PayloadException down(Exception e) {
        return new PayloadException(
                ErrorCode.PAYLOAD_STORE_DOWN, "the payload store cannot be read or written", e);
    }

    /** Removes old files; what another program removes meanwhile is no error. */
    private final class Sweep extends SimpleFileVisitor<Path> {

        private final long oldest;
        private final Predicate<String> spared;
        private int collected;

        private Sweep(long oldest, Predicate<String> spared) {
            this.oldest = oldest;
            this.spared = spared;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
            if (attributes.lastModifiedTime().toMillis() < oldest
                    && !spared.test(String.valueOf(file.getFileName()))
                    && removed(file)) {
                collected++;
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            if (e instanceof NoSuchFileException) {
                return FileVisitResult.CONTINUE;
            }
            throw e;
        }

        private boolean removed(Path file) throws IOException {
            Path aside = incoming.resolve(UUID.randomUUID().toString());
            try {
                Files.move(file, aside, ATOMIC_MOVE);
                if (Files.getLastModifiedTime(aside).toMillis() >= oldest) {
                    Files.move(aside, file, ATOMIC_MOVE);
                    return false;
                }
                return Files.deleteIfExists(aside);
            } catch (NoSuchFileException gone) {
                return false;
            }
        }
    }
}
