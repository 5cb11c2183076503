package dev.brigade.rest.spool;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
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
public final class LineSpool implements AutoCloseable {

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
    public LineSpool(int most) throws IOException {
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
    public void add(int index, String line) throws IOException {
        add(index, line.getBytes(StandardCharsets.UTF_8));
    }

    /** As {@link #add(int, String)}. */
    public void add(int index, byte[] line) throws IOException {
        if (index < 0 || index >= most) {
            throw new IOException("a result has index " + index);
        }
        if (index >= lengths.length) {
            int capacity = Math.min(most, Math.max(index + 1, 2 * lengths.length));
            begins = Arrays.copyOf(begins, capacity);
            lengths = Arrays.copyOf(lengths, capacity);
        }
        output.write(line);
        begins[index] = size;
        lengths[index] = line.length;
        size += line.length;
    }

    /** Bytes of all lines. */
    public long size() {
        return size;
    }

    /** Writes the lines in order. What lies side by side in the file is copied as one. */
    public void writeTo(OutputStream to) throws IOException {
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

    /** The lines in order, to be read once. */
    public InputStream open() throws IOException {
        output.flush();
        return new Reading();
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

    private final class Reading extends InputStream {

        private int index;
        private int taken;

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            while (index < lengths.length && taken == lengths[index]) {
                index++;
                taken = 0;
            }
            if (index == lengths.length || length == 0) {
                return length == 0 ? 0 : -1;
            }
            int wanted = Math.min(length, lengths[index] - taken);
            int read = file.read(ByteBuffer.wrap(into, offset, wanted), begins[index] + taken);
            if (read < 0) {
                throw new IOException("the spool ends early");
            }
            taken += read;
            return read;
        }
    }
}
