package dev.brigade.worker.djl.onnx;

import dev.brigade.worker.djl.onnx.Message.Fields;
import java.util.ArrayList;
import java.util.List;

/** Reads the declaration of an input or output: its name, and some messages further in its type. */
final class TensorFields {

    private static final int MOST_DIMENSIONS = 16;

    private final List<Long> dimensions = new ArrayList<>();
    private String name = "";
    private ElementType type = ElementType.OTHER;

    private TensorFields() {}

    static TensorInfo read(Message message) {
        TensorFields found = new TensorFields();
        message.read(
                within((field, value) -> {
                    switch (field) {
                        case 1 -> found.name = value.text();
                        case 2 -> found.type(value);
                        default -> {}
                    }
                }));
        return new TensorInfo(found.name, found.type, found.dimensions);
    }

    private void type(Message message) {
        message.read(
                within((field, value) -> {
                    if (field == 1) {
                        value.read(tensor());
                    }
                }));
    }

    private Fields tensor() {
        return new Fields() {
            @Override
            public void number(int field, long value) {
                if (field == 1) {
                    type = ElementType.of(value);
                }
            }

            @Override
            public void bytes(int field, Message value) {
                if (field == 2) {
                    value.read(within((_, dimension) -> dimension(dimension)));
                }
            }
        };
    }

    private void dimension(Message message) {
        long[] size = {TensorInfo.FREE};
        message.read(
                new Fields() {
                    @Override
                    public void number(int field, long value) {
                        if (field == 1 && value > 0) { // 0 is how some exporters write a free one
                            size[0] = value;
                        }
                    }
                });
        if (dimensions.size() >= MOST_DIMENSIONS) {
            throw new OnnxFault("an input or output has more than 16 dimensions");
        }
        dimensions.add(size[0]);
    }

    private interface Inner {
        void bytes(int field, Message value);
    }

    private static Fields within(Inner inner) {
        return new Fields() {
            @Override
            public void bytes(int field, Message value) {
                inner.bytes(field, value);
            }
        };
    }
}
