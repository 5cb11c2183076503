package dev.brigade.worker.images;

import dev.brigade.contract.error.ErrorCode;
import dev.brigade.schema.ImageItem;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.UUID;

/**
 * A manifest in a file of its own with the places of its lines, so that any line can be read
 * without the others. The file has no name once it is open, so the system removes it with the
 * process, however that ends.
 */
final class ManifestFile implements AutoCloseable {

    /** Most lines of a manifest. */
    static final int MOST_LINES = 100_000;

    private static final int BUFFER = 64 << 10;

    private final FileChannel file;
    private final long longestLine;

    /** Where lines end, their line feed included. */
    private long[] ends = new long[1024];

    private int lines;
    private long size;

    private ManifestFile(FileChannel file, long longestLine) {
        this.file = file;
        this.longestLine = longestLine;
    }

    /**
     * Copies a manifest.
     *
     * @param longestLine most bytes of a line
     */
    static ManifestFile copy(InputStream in, long longestLine) throws ImageFault, IOException {
        Path name = Path.of(System.getProperty("java.io.tmpdir"), "brigade-" + UUID.randomUUID());
        ManifestFile manifest =
                new ManifestFile(
                        FileChannel.open(
                                name,
                                StandardOpenOption.CREATE_NEW,
                                StandardOpenOption.READ,
                                StandardOpenOption.WRITE,
                                StandardOpenOption.DELETE_ON_CLOSE),
                        longestLine);
        try {
            manifest.fill(in);
            return manifest;
        } catch (ImageFault | IOException | RuntimeException e) {
            manifest.close();
            throw e;
        }
    }

    private void fill(InputStream in) throws ImageFault, IOException {
        byte[] buffer = new byte[BUFFER];
        int last = '\n';
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            for (int i = 0; i < n; i++) {
                if (buffer[i] == '\n') {
                    endLine(size + i + 1);
                }
                last = buffer[i];
            }
            ByteBuffer chunk = ByteBuffer.wrap(buffer, 0, n);
            while (chunk.hasRemaining()) {
                size += file.write(chunk);
            }
        }
        if (last != '\n') {
            endLine(size);
        }
        if (lines == 0) {
            throw new ImageFault(ErrorCode.NO_IMAGES, "the manifest has no lines");
        }
    }

    private void endLine(long end) throws ImageFault {
        if (lines == MOST_LINES) {
            throw new ImageFault(
                    ErrorCode.TOO_MANY_IMAGES,
                    "the manifest has more than %d lines".formatted(MOST_LINES));
        }
        if (end - start(lines) > longestLine) {
            throw ManifestLine.invalid(lines + 1L, "is too long");
        }
        if (lines == ends.length) {
            ends = Arrays.copyOf(ends, 2 * lines);
        }
        ends[lines++] = end;
    }

    int lines() {
        return lines;
    }

    /** Bytes on the disk. */
    long size() {
        return size;
    }

    /** The image of a line, from 0. */
    ImageItem item(int line) throws ImageFault, IOException {
        ByteBuffer bytes = ByteBuffer.allocate((int) (ends[line] - start(line)));
        while (bytes.hasRemaining()) {
            if (file.read(bytes, start(line) + bytes.position()) < 0) {
                throw new EOFException();
            }
        }
        return ManifestLine.read(bytes.array(), line + 1L);
    }

    private long start(int line) {
        return line == 0 ? 0 : ends[line - 1];
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
