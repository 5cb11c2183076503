package dev.brigade.demo.gguf;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Collects metadata and tensors and writes them as a GGUF version 3 file. The same calls in the
 * same order give the same bytes. Not for use by several threads.
 */
public final class GgufWriter {

    static final int ALIGNMENT = 32;

    private final Map<String, GgufValue> metadata = new LinkedHashMap<>();
    private final List<GgufTensor> tensors = new ArrayList<>();

    /**
     * Adds a metadata entry.
     *
     * @throws IllegalArgumentException when the key is there already
     */
    public GgufWriter put(String key, GgufValue value) {
        if (metadata.putIfAbsent(key, value) != null) {
            throw new IllegalArgumentException("twice: " + key);
        }
        return this;
    }

    /** Adds a text. */
    public GgufWriter put(String key, String text) {
        return put(key, new GgufValue.Text(text));
    }

    /** Adds an unsigned 32-bit number. */
    public GgufWriter put(String key, int number) {
        return put(key, new GgufValue.Uint32(number));
    }

    /** Adds a floating point number. */
    public GgufWriter put(String key, float number) {
        return put(key, new GgufValue.Float32(number));
    }

    /** Adds a truth value. */
    public GgufWriter put(String key, boolean truth) {
        return put(key, new GgufValue.Bool(truth));
    }

    /**
     * Adds a tensor.
     *
     * @throws IllegalArgumentException when there is one of that name already
     */
    public GgufWriter add(GgufTensor tensor) {
        if (tensors.stream().anyMatch(other -> other.name().equals(tensor.name()))) {
            throw new IllegalArgumentException("twice: " + tensor.name());
        }
        tensors.add(tensor);
        return this;
    }

    /** Writes the file, replacing one that is there. */
    public void write(Path file) throws IOException {
        try (FileChannel channel =
                FileChannel.open(
                        file,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE)) {
            writeFully(channel, header());
            for (GgufTensor tensor : tensors) {
                writeRows(channel, tensor);
            }
        }
    }

    private ByteBuffer header() {
        GgufBytes bytes = new GgufBytes();
        bytes.int32(GgufFile.MAGIC).int32(GgufFile.VERSION);
        bytes.int64(tensors.size()).int64(metadata.size());
        metadata.forEach((key, value) -> bytes.text(key).value(value));
        long offset = 0;
        for (GgufTensor tensor : tensors) {
            describe(bytes, tensor, offset);
            offset = padded(offset + tensor.bytes());
        }
        return bytes.paddedTo(ALIGNMENT);
    }

    /** GGUF names the dimension that varies fastest first: columns before rows. */
    private static void describe(GgufBytes bytes, GgufTensor tensor, long offset) {
        bytes.text(tensor.name());
        if (tensor.rows() == 1) {
            bytes.int32(1).int64(tensor.columns());
        } else {
            bytes.int32(2).int64(tensor.columns()).int64(tensor.rows());
        }
        bytes.int32(tensor.type().id()).int64(offset);
    }

    private static void writeRows(FileChannel channel, GgufTensor tensor) throws IOException {
        float[] row = new float[tensor.columns()];
        int rowBytes = Math.toIntExact(tensor.type().rowBytes(tensor.columns()));
        int rowsAtOnce = Math.max(1, Math.min(tensor.rows(), (1 << 20) / rowBytes));
        ByteBuffer buffer =
                ByteBuffer.allocate(rowsAtOnce * rowBytes).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < tensor.rows(); i++) {
            tensor.source().fill(i, row);
            tensor.type().encode(row, buffer);
            if (!buffer.hasRemaining()) {
                writeFully(channel, buffer.flip());
                buffer.clear();
            }
        }
        writeFully(channel, buffer.flip());
        int padding = Math.toIntExact(padded(tensor.bytes()) - tensor.bytes());
        writeFully(channel, ByteBuffer.allocate(padding));
    }

    private static void writeFully(FileChannel channel, ByteBuffer buffer) throws IOException {
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }

    static long padded(long length) {
        return (length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }
}
