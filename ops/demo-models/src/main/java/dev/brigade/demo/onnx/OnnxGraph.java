package dev.brigade.demo.onnx;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * An ONNX model, node by node. Nodes come in the order in which they are computed; a name stands
 * for what a node gives, for an input or for a constant. Dimensions that are only known at run time
 * have a name in place of a number.
 */
public final class OnnxGraph {

    private static final int FLOAT = 1;
    private static final int INT64 = 7;
    private static final int FORMAT = 8;
    private static final int OPERATORS = 17;

    private final ProtoBytes graph = new ProtoBytes();

    /** An empty model with that name. */
    public OnnxGraph(String name) {
        graph.text(2, name);
    }

    /** An input of real numbers. Dimensions are numbers or names. */
    public OnnxGraph realInput(String input, Object... dimensions) {
        graph.message(11, described(input, FLOAT, dimensions));
        return this;
    }

    /** An input of whole numbers (64 bits). */
    public OnnxGraph wholeInput(String input, Object... dimensions) {
        graph.message(11, described(input, INT64, dimensions));
        return this;
    }

    /** An output of real numbers. */
    public OnnxGraph realOutput(String output, Object... dimensions) {
        graph.message(12, described(output, FLOAT, dimensions));
        return this;
    }

    /** A constant array of real numbers, row by row. */
    public OnnxGraph reals(String constant, float[] values, long... dimensions) {
        check(constant, values.length, dimensions);
        ByteBuffer raw = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        raw.asFloatBuffer().put(values);
        graph.message(5, tensor(constant, FLOAT, raw.array(), dimensions));
        return this;
    }

    /** A constant list of whole numbers. */
    public OnnxGraph wholes(String constant, long... values) {
        ByteBuffer raw = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        raw.asLongBuffer().put(values);
        graph.message(5, tensor(constant, INT64, raw.array(), values.length));
        return this;
    }

    /** A node with one output; returns the output's name. */
    public String node(
            String operator, List<String> inputs, String output, OnnxAttribute... fixed) {
        ProtoBytes node = new ProtoBytes();
        inputs.forEach(input -> node.text(1, input));
        node.text(2, output).text(3, output).text(4, operator);
        for (OnnxAttribute attribute : fixed) {
            node.bytes(5, attribute.encoded());
        }
        graph.message(1, node);
        return output;
    }

    /** The whole file. */
    public byte[] toByteArray() {
        ProtoBytes operators = new ProtoBytes().text(1, "").number(2, OPERATORS);
        return new ProtoBytes()
                .number(1, FORMAT)
                .text(2, "brigade-demo-models")
                .message(7, graph)
                .message(8, operators)
                .toByteArray();
    }

    /** Writes the whole file. */
    public void write(Path file) throws IOException {
        Files.write(file, toByteArray());
    }

    private static ProtoBytes tensor(String name, int type, byte[] raw, long... dimensions) {
        ProtoBytes tensor = new ProtoBytes();
        for (long dimension : dimensions) {
            tensor.number(1, dimension);
        }
        return tensor.number(2, type).text(8, name).bytes(9, raw);
    }

    private static ProtoBytes described(String name, int type, Object... dimensions) {
        ProtoBytes shape = new ProtoBytes();
        for (Object dimension : dimensions) {
            ProtoBytes one = new ProtoBytes();
            if (dimension instanceof Number number) {
                one.number(1, number.longValue());
            } else {
                one.text(2, dimension.toString());
            }
            shape.message(1, one);
        }
        ProtoBytes tensor = new ProtoBytes().number(1, type).message(2, shape);
        return new ProtoBytes().text(1, name).message(2, new ProtoBytes().message(1, tensor));
    }

    private static void check(String constant, int values, long... dimensions) {
        long product = 1;
        for (long dimension : dimensions) {
            product *= dimension;
        }
        if (product != values) {
            throw new IllegalArgumentException(
                    constant + " has " + values + " values for " + product + " places");
        }
    }
}
