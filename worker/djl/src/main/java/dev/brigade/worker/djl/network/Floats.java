package dev.brigade.worker.djl.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;

/** Numbers of tensors. */
public final class Floats {

    private Floats() {}

    /** All numbers of a tensor of floats, in whichever width. */
    public static FloatBuffer of(NDArray tensor) {
        return tensor.getDataType() == DataType.FLOAT32
                ? tensor.toByteBuffer().asFloatBuffer()
                : FloatBuffer.wrap(tensor.toFloatArray());
    }

    /** The first rows of a tensor, whose first dimension counts them. */
    public static List<float[]> rows(NDArray tensor, int count) {
        FloatBuffer numbers = of(tensor);
        int width = Math.toIntExact(numbers.remaining() / tensor.getShape().get(0));
        List<float[]> rows = new ArrayList<>(count);
        for (int row = 0; row < count; row++) {
            float[] values = new float[width];
            numbers.get(values);
            rows.add(values);
        }
        return rows;
    }
}
