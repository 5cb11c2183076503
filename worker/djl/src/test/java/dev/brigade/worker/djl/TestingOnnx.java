package dev.brigade.worker.djl;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Writes small ONNX files: the fields of {@code onnx.proto} that a model cannot do without. */
public final class TestingOnnx {

    public static final int FLOAT = 1;
    public static final int INT32 = 6;
    public static final int INT64 = 7;

    /** A dimension that the caller chooses. */
    public static final int FREE = -1;

    private final Bytes graph = new Bytes();

    /** What the graph takes; a dimension of -1 is free. */
    public TestingOnnx input(String name, int type, int... dimensions) {
        graph.message(11, tensor(name, type, dimensions));
        return this;
    }

    /** What the graph gives. */
    public TestingOnnx output(String name, int type, int... dimensions) {
        graph.message(12, tensor(name, type, dimensions));
        return this;
    }

    /** An operator without attributes. */
    public TestingOnnx node(String operator, List<String> inputs, String output) {
        return node(operator, inputs, output, new Bytes());
    }

    /** An operator with one attribute, a whole number. */
    public TestingOnnx node(
            String operator, List<String> inputs, String output, String attribute, long value) {
        Bytes written = new Bytes().text(1, attribute).number(3, value).number(20, 2);
        return node(operator, inputs, output, new Bytes().message(5, written));
    }

    private TestingOnnx node(
            String operator, List<String> inputs, String output, Bytes attributes) {
        Bytes node = new Bytes();
        inputs.forEach(input -> node.text(1, input));
        graph.message(1, node.text(2, output).text(4, operator).append(attributes));
        return this;
    }

    /** Weights. */
    public TestingOnnx weights(String name, float[] values, int... dimensions) {
        ByteBuffer raw = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        raw.asFloatBuffer().put(values);
        graph.message(5, initializer(name, FLOAT, dimensions).bytes(9, raw.array()));
        return this;
    }

    /** Constant whole numbers. */
    public TestingOnnx numbers(String name, long... values) {
        ByteBuffer raw = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        raw.asLongBuffer().put(values);
        graph.message(5, initializer(name, INT64, values.length).bytes(9, raw.array()));
        return this;
    }

    /** Weights in a file beside this one. */
    public TestingOnnx weightsIn(String file, String name, int... dimensions) {
        Bytes location = new Bytes().text(1, "location").text(2, file);
        graph.message(5, initializer(name, FLOAT, dimensions).message(13, location).number(14, 1));
        return this;
    }

    public byte[] bytes() {
        Bytes operators = new Bytes().text(1, "").number(2, 13);
        return new Bytes()
                .number(1, 8)
                .text(2, "test")
                .message(7, new Bytes().append(graph).text(2, "g"))
                .message(8, operators)
                .toArray();
    }

    public void write(Path file) {
        try {
            Files.write(file, bytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Bytes initializer(String name, int type, int... dimensions) {
        Bytes tensor = new Bytes();
        for (int dimension : dimensions) {
            tensor.number(1, dimension);
        }
        return tensor.number(2, type).text(8, name);
    }

    private static Bytes tensor(String name, int type, int... dimensions) {
        Bytes shape = new Bytes();
        for (int dimension : dimensions) {
            shape.message(
                    1,
                    dimension == FREE
                            ? new Bytes().text(2, "free")
                            : new Bytes().number(1, dimension));
        }
        Bytes tensor = new Bytes().number(1, type).message(2, shape);
        return new Bytes().text(1, name).message(2, new Bytes().message(1, tensor));
    }

    /** The wire format of protocol buffers. */
    private static final class Bytes {

        private final ByteArrayOutputStream out = new ByteArrayOutputStream();

        Bytes number(int field, long value) {
            varint((long) field << 3);
            varint(value);
            return this;
        }

        Bytes bytes(int field, byte[] value) {
            varint(((long) field << 3) | 2);
            varint(value.length);
            out.writeBytes(value);
            return this;
        }

        Bytes text(int field, String value) {
            return bytes(field, value.getBytes(StandardCharsets.UTF_8));
        }

        Bytes message(int field, Bytes value) {
            return bytes(field, value.toArray());
        }

        Bytes append(Bytes other) {
            out.writeBytes(other.toArray());
            return this;
        }

        byte[] toArray() {
            return out.toByteArray();
        }

        private void varint(long value) {
            long left = value;
            while ((left & ~0x7fL) != 0) {
                out.write((int) ((left & 0x7f) | 0x80));
                left >>>= 7;
            }
            out.write((int) left);
        }
    }
}
