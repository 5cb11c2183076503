package dev.brigade.worker.djl.onnx;

import java.util.List;
import java.util.stream.Collectors;

/**
 * An input or output of a model as it is declared.
 *
 * @param dimensions each a fixed size, or {@link #FREE}; empty of a scalar, and where the file does
 *     not say
 */
public record TensorInfo(String name, ElementType type, List<Long> dimensions) {

    /** A dimension that the caller chooses, as usually the first one, the batch. */
    public static final long FREE = -1;

    public TensorInfo {
        dimensions = List.copyOf(dimensions);
    }

    /** Number of dimensions. */
    public int rank() {
        return dimensions.size();
    }

    /** Whether the size of this dimension is fixed. */
    public boolean isFixed(int dimension) {
        return dimensions.get(dimension) != FREE;
    }

    /** Such as {@code pixel_values FLOAT [?, 3, 224, 224]}. */
    @Override
    public String toString() {
        return dimensions.stream()
                .map(size -> size == FREE ? "?" : Long.toString(size))
                .collect(Collectors.joining(", ", name + " " + type + " [", "]"));
    }
}
