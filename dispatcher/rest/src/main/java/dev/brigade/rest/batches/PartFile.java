package dev.brigade.rest.batches;

import dev.brigade.rest.http.Json;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Lines that have ended, in a temporary file until they go to the store. Before each stand its
 * index and whether it was answered: {@code 17 + {...}}. For one thread.
 */
final class PartFile implements AutoCloseable {

    private final FileChannel file;
    private final OutputStream output;
    private int completed;
    private int failed;

    PartFile() {
        try {
            Path path = Files.createTempFile("brigade-batch-", ".part");
            file =
                    FileChannel.open(
                            path,
                            StandardOpenOption.READ,
                            StandardOpenOption.WRITE,
                            StandardOpenOption.DELETE_ON_CLOSE);
            output = new BufferedOutputStream(Channels.newOutputStream(file), 64 << 10);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void add(int index, boolean answered, OutputLine line) {
        try {
            write(index + (answered ? " + " : " - "), line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (answered) {
            completed++;
        } else {
            failed++;
        }
    }

    /** A line that could not be written to its end is taken back. */
    private void write(String head, OutputLine line) throws IOException {
        long begin = file.position();
        boolean whole = false;
        try {
            output.write(head.getBytes(StandardCharsets.US_ASCII));
            Json.line(output, line);
            output.write('\n');
            output.flush();
            whole = true;
        } finally {
            if (!whole) {
                output.flush();
                file.truncate(begin);
            }
        }
    }

    int completed() {
        return completed;
    }

    int failed() {
        return failed;
    }

    /** Bytes so far. */
    long bytes() {
        try {
            return file.size();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The lines from the first on; nothing is added any more. */
    InputStream open() {
        try {
            file.position(0);
            return Channels.newInputStream(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
