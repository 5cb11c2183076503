package dev.brigade.demo.gguf;

/**
 * A tensor to be written: a matrix of {@code rows} rows (outputs) by {@code columns} columns
 * (inputs), or with one row a vector.
 */
public record GgufTensor(String name, TensorType type, int rows, int columns, RowSource source) {

    public GgufTensor {
        if (rows < 1 || columns < 1) {
            throw new IllegalArgumentException(name + ": " + rows + " x " + columns);
        }
        type.rowBytes(columns);
    }

    /** A vector, which llama.cpp wants in single precision. */
    public static GgufTensor vector(String name, float[] values) {
        return new GgufTensor(name, TensorType.F32, 1, values.length, RowSource.of(values));
    }

    /** A matrix in memory, row after row. */
    public static GgufTensor matrix(
            String name, TensorType type, int rows, int columns, float[] values) {
        if (values.length != (long) rows * columns) {
            throw new IllegalArgumentException(name + ": " + values.length + " numbers");
        }
        return new GgufTensor(name, type, rows, columns, RowSource.of(values));
    }

    long bytes() {
        return rows * type.rowBytes(columns);
    }
}
