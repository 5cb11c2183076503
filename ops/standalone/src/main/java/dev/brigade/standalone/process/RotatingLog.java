package dev.brigade.standalone.process;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;

/**
 * A log file of bounded size. What is there when it is opened, and what grows past the limit, moves
 * to {@code <name>.1}, so that at most twice the limit is on disk. One thread writes at a time.
 */
public final class RotatingLog implements AutoCloseable {

    private final Path file;
    private final long maxBytes;
    private @Nullable OutputStream out;
    private long written;

    /**
     * @param maxBytes size at which the file is rotated
     */
    public RotatingLog(Path file, long maxBytes) throws IOException {
        if (maxBytes < 1) {
            throw new IllegalArgumentException("maxBytes must be at least 1, not " + maxBytes);
        }
        this.file = file;
        this.maxBytes = maxBytes;
        Files.createDirectories(file.toAbsolutePath().getParent());
        rotate();
    }

    /** Writes the line, and after close drops it. */
    public synchronized void line(String line) throws IOException {
        if (out == null) {
            return;
        }
        byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
        if (written > 0 && written + bytes.length > maxBytes) {
            rotate();
        }
        out.write(bytes);
        written += bytes.length;
    }

    @Override
    public synchronized void close() throws IOException {
        if (out != null) {
            out.close();
            out = null;
        }
    }

    private synchronized void rotate() throws IOException {
        close();
        if (Files.exists(file) && Files.size(file) > 0) {
            Path older = file.resolveSibling(file.getFileName() + ".1");
            Files.move(file, older, StandardCopyOption.REPLACE_EXISTING);
        }
        out = Files.newOutputStream(file);
        written = 0;
    }
}
