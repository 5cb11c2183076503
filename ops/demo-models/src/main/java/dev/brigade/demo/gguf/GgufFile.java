package dev.brigade.demo.gguf;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * A GGUF file as read back: what {@link GgufWriter} writes, up to 2 GiB. Made for checking files of
 * this project, not for files of unknown origin.
 */
public final class GgufFile {

    static final int MAGIC = 0x46554747;
    static final int VERSION = 3;

    private final Map<String, GgufValue> metadata = new LinkedHashMap<>();
    private final Map<String, Stored> tensors = new LinkedHashMap<>();
    private final ByteBuffer in;
    private final int dataStart;

    private record Stored(TensorType type, int rows, int columns, long offset) {}

    private GgufFile(ByteBuffer in) throws IOException {
        this.in = in;
        if (in.getInt() != MAGIC || in.getInt() != VERSION) {
            throw new IOException("not a GGUF version 3 file");
        }
        long tensorCount = in.getLong();
        long valueCount = in.getLong();
        for (long i = 0; i < valueCount; i++) {
            metadata.put(text(), value(in.getInt()));
        }
        for (long i = 0; i < tensorCount; i++) {
            tensors.put(text(), stored());
        }
        dataStart = Math.toIntExact(GgufWriter.padded(in.position()));
    }

    /**
     * Reads the head of a file; tensors are decoded when asked for.
     *
     * @throws IOException when it cannot be read or is not a file that {@link GgufWriter} could
     *     have written
     */
    public static GgufFile read(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            ByteBuffer bytes = channel.map(MapMode.READ_ONLY, 0, channel.size());
            return new GgufFile(bytes.order(ByteOrder.LITTLE_ENDIAN));
        } catch (BufferUnderflowException | IllegalArgumentException | ArithmeticException e) {
            throw new IOException("broken GGUF file " + file, e);
        }
    }

    /** All metadata in file order. */
    public Map<String, GgufValue> metadata() {
        return Map.copyOf(metadata);
    }

    /**
     * A metadata value of a type that is known.
     *
     * @throws IllegalArgumentException when there is none, or one of another type
     */
    public <T extends GgufValue> T value(String key, Class<T> type) {
        GgufValue value = metadata.get(key);
        if (!type.isInstance(value)) {
            throw new IllegalArgumentException("no " + type.getSimpleName() + " " + key);
        }
        return type.cast(value);
    }

    /** Names of the tensors in file order. */
    public List<String> tensorNames() {
        return List.copyOf(tensors.keySet());
    }

    /** Type of a tensor. */
    public TensorType type(String name) {
        return stored(name).type();
    }

    /** The tensor's numbers, row after row, decoded. */
    public float[] tensor(String name) {
        Stored stored = stored(name);
        float[] all = new float[Math.multiplyExact(stored.rows(), stored.columns())];
        float[] row = new float[stored.columns()];
        ByteBuffer data = in.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        data.position(Math.toIntExact(dataStart + stored.offset()));
        for (int i = 0; i < stored.rows(); i++) {
            stored.type().decode(data, row);
            System.arraycopy(row, 0, all, i * row.length, row.length);
        }
        return all;
    }

    /** Number of weights in all tensors. */
    public long parameters() {
        return tensors.values().stream().mapToLong(t -> (long) t.rows() * t.columns()).sum();
    }

    private Stored stored(String name) {
        Stored stored = tensors.get(name);
        if (stored == null) {
            throw new IllegalArgumentException("no tensor " + name);
        }
        return stored;
    }

    private Stored stored() {
        int dimensions = in.getInt();
        int columns = Math.toIntExact(in.getLong());
        int rows = dimensions == 1 ? 1 : Math.toIntExact(in.getLong());
        return new Stored(TensorType.of(in.getInt()), rows, columns, in.getLong());
    }

    private GgufValue value(int type) {
        return switch (type) {
            case GgufBytes.UINT32 -> new GgufValue.Uint32(Integer.toUnsignedLong(in.getInt()));
            case GgufBytes.INT32 -> new GgufValue.Int32(in.getInt());
            case GgufBytes.UINT64 -> new GgufValue.Uint64(in.getLong());
            case GgufBytes.FLOAT32 -> new GgufValue.Float32(in.getFloat());
            case GgufBytes.BOOL -> new GgufValue.Bool(in.get() != 0);
            case GgufBytes.TEXT -> new GgufValue.Text(text());
            case GgufBytes.ARRAY -> array(in.getInt());
            default -> throw new IllegalArgumentException("value type " + type);
        };
    }

    private GgufValue array(int type) {
        return switch (type) {
            case GgufBytes.TEXT -> new GgufValue.Texts(elements(this::text));
            case GgufBytes.INT32 -> new GgufValue.Int32s(elements(in::getInt));
            case GgufBytes.FLOAT32 -> new GgufValue.Float32s(elements(in::getFloat));
            default -> throw new IllegalArgumentException("array of type " + type);
        };
    }

    private <T> List<T> elements(Supplier<T> next) {
        long length = in.getLong();
        List<T> all = new ArrayList<>();
        for (long i = 0; i < length; i++) {
            all.add(next.get());
        }
        return all;
    }

    private String text() {
        byte[] utf8 = new byte[Math.toIntExact(in.getLong())];
        in.get(utf8);
        return new String(utf8, StandardCharsets.UTF_8);
    }
}
