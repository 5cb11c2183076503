package dev.brigade.rest.imagebatches;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/**
 * Brings lines that come in any order into the order of their indices. They lie in a temporary
 * file, and memory holds only where each begins and how long it is: 12 bytes a line. For one
 * thread.
 */
final class ResultSpool implements AutoCloseable {

    private static final int FIRST_CAPACITY = 1024;

    private final int most;
    private final FileChannel file;
    private final OutputStream output;
    private long[] begins = new long[FIRST_CAPACITY];
    private int[] lengths = new int[FIRST_CAPACITY];
    private long size;

    /**
     * @param most indices are below this
     */
    ResultSpool(int most) throws IOException {
        this.most = most;
        Path path = Files.createTempFile("brigade-results-", ".spool");
        this.file =
                FileChannel.open(
                        path,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.DELETE_ON_CLOSE);
        this.output = new BufferedOutputStream(Channels.newOutputStream(file), 64 * 1024);
    }

    /** Adds the line of an index, which has none so far. */
    void add(int index, String line) throws IOException {
        if (index < 0 || index >= most) {
            throw new IOException("a result has index " + index);
        }
        if (index >= lengths.length) {
            int capacity = Math.min(most, Math.max(index + 1, 2 * lengths.length));
            begins = Arrays.copyOf(begins, capacity);
            lengths = Arrays.copyOf(lengths, capacity);
        }
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        output.write(bytes);
        begins[index] = size;
        lengths[index] = bytes.length;
        size += bytes.length;
    }

    /** Bytes of all lines. */
    long size() {
        return size;
    }

    /** Writes the lines in order. What lies side by side in the file is copied as one. */
    void writeTo(OutputStream to) throws IOException {
        output.flush();
        WritableByteChannel channel = Channels.newChannel(to);
        long begin = 0;
        long end = 0;
        for (int i = 0; i < lengths.length; i++) {
            if (lengths[i] == 0) {
                continue;
            }
            if (begins[i] != end) {
                copy(begin, end, channel);
                begin = begins[i];
            }
            end = begins[i] + lengths[i];
        }
        copy(begin, end, channel);
    }

    private void copy(long begin, long end, WritableByteChannel to) throws IOException {
        long at = begin;
        while (at < end) {
            long copied = file.transferTo(at, end - at, to);
            if (copied <= 0) {
                throw new IOException("the spool ends early");
            }
            at += copied;
        }
    }

    /** Removes the file. */
    @Override
    public void close() throws IOException {
        file.close();
    }
}
