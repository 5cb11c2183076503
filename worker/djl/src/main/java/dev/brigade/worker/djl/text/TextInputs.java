package dev.brigade.worker.djl.text;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.brigade.worker.djl.folder.FolderFault;
import dev.brigade.worker.djl.onnx.ElementType;
import dev.brigade.worker.djl.onnx.OnnxFile;
import dev.brigade.worker.djl.onnx.TensorInfo;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The tensors that a text model wants of each batch.
 *
 * @param inputs in the model's order
 * @param wide whether numbers have 64 bits, not 32
 * @param padding token that fills up shorter texts
 */
record TextInputs(List<Input> inputs, boolean wide, int padding) {

    /** What a tensor holds. */
    enum Input {
        INPUT_IDS,
        ATTENTION_MASK,
        TOKEN_TYPE_IDS,
        POSITION_IDS;

        String tensor() {
            return name().toLowerCase(Locale.ROOT);
        }

        long of(TokenText text, int at, int padding) {
            boolean padded = at >= text.length();
            return switch (this) {
                case INPUT_IDS -> padded ? padding : text.ids()[at];
                case ATTENTION_MASK -> padded ? 0 : 1;
                case TOKEN_TYPE_IDS -> padded ? 0 : text.types()[at];
                case POSITION_IDS -> padded ? 0 : at;
            };
        }
    }

    TextInputs {
        inputs = List.copyOf(inputs);
    }

    /** Those of a TorchScript model, which does not say what it wants: tokens and mask. */
    static TextInputs ofTorchScript(int padding) {
        return new TextInputs(List.of(Input.INPUT_IDS, Input.ATTENTION_MASK), true, padding);
    }

    /**
     * Those that an ONNX model declares.
     *
     * @throws FolderFault when it wants something that no text gives
     */
    static TextInputs of(OnnxFile file, int padding) {
        List<Input> inputs = new ArrayList<>();
        ElementType type = file.inputs().getFirst().type();
        for (TensorInfo input : file.inputs()) {
            inputs.add(named(input, type));
        }
        if (!inputs.contains(Input.INPUT_IDS)) {
            throw new FolderFault("the model has no input input_ids: " + file.inputs());
        }
        return new TextInputs(inputs, type == ElementType.INT64, padding);
    }

    private static Input named(TensorInfo declared, ElementType type) {
        boolean integers = type == ElementType.INT64 || type == ElementType.INT32;
        for (Input input : Input.values()) {
            boolean free = declared.rank() == 0 || (declared.rank() == 2 && !declared.isFixed(1));
            if (input.tensor().equals(declared.name())
                    && integers
                    && declared.type() == type
                    && free) {
                return input;
            }
        }
        throw new FolderFault(
                ("the model's input %s cannot be given; texts are input_ids, attention_mask,"
                                + " token_type_ids and position_ids, of INT64 or INT32 [?, ?]")
                        .formatted(declared));
    }

    NDList tensors(NDManager manager, List<TokenText> batch) {
        int length = batch.stream().mapToInt(TokenText::length).max().orElse(1);
        NDList tensors = new NDList(inputs.size());
        for (Input input : inputs) {
            NDArray tensor = tensor(manager, input, batch, length);
            tensor.setName(input.tensor());
            tensors.add(tensor);
        }
        return tensors;
    }

    private NDArray tensor(NDManager manager, Input input, List<TokenText> batch, int length) {
        Shape shape = new Shape(batch.size(), length);
        LongBuffer numbers = LongBuffer.allocate(batch.size() * length);
        for (TokenText text : batch) {
            for (int at = 0; at < length; at++) {
                numbers.put(input.of(text, at, padding));
            }
        }
        numbers.flip();
        return wide
                ? manager.create(numbers, shape, DataType.INT64)
                : manager.create(narrow(numbers), shape, DataType.INT32);
    }

    private static IntBuffer narrow(LongBuffer numbers) {
        IntBuffer narrow = IntBuffer.allocate(numbers.remaining());
        while (numbers.hasRemaining()) {
            narrow.put((int) numbers.get());
        }
        return narrow.flip();
    }
}
