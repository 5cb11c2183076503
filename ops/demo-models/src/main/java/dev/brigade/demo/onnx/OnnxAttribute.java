package dev.brigade.demo.onnx;

/** A fixed property of a node. */
public sealed interface OnnxAttribute {

    /** The name, as the operator's description has it. */
    String name();

    /** A whole number. */
    record Whole(String name, long value) implements OnnxAttribute {}

    /** A real number. */
    record Real(String name, float value) implements OnnxAttribute {}

    /** A list of whole numbers. */
    record Wholes(String name, long... values) implements OnnxAttribute {}

    /** AttributeProto. */
    private ProtoBytes start(int type) {
        return new ProtoBytes().text(1, name()).number(20, type);
    }

    /** The attribute as a message. */
    default byte[] encoded() {
        return switch (this) {
            case Real real -> start(1).real(2, real.value()).toByteArray();
            case Whole whole -> start(2).number(3, whole.value()).toByteArray();
            case Wholes wholes -> {
                ProtoBytes message = start(7);
                for (long value : wholes.values()) {
                    message.number(8, value);
                }
                yield message.toByteArray();
            }
        };
    }
}
