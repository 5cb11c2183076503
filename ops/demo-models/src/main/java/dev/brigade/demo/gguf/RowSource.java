package dev.brigade.demo.gguf;

import java.util.Arrays;

/**
 * Gives the numbers of a tensor row by row, so that a large tensor need never be in memory whole.
 */
@FunctionalInterface
public interface RowSource {

    /** Fills {@code into} with row {@code row}. Rows are asked for once each, in order. */
    void fill(int row, float[] into);

    /** The rows of a matrix that is in memory, row after row. */
    static RowSource of(float[] matrix) {
        return (row, into) -> System.arraycopy(matrix, row * into.length, into, 0, into.length);
    }

    /** Rows that all hold the same number everywhere. */
    static RowSource constant(float value) {
        return (row, into) -> Arrays.fill(into, value);
    }
}
