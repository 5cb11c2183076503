package dev.brigade.demo.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;

/** Sequences of about the same length, side by side, the shorter ones filled with nothing. */
record Batch(List<Sequence> sequences) {

    int length() {
        return sequences.stream().mapToInt(Sequence::length).max().orElseThrow();
    }

    /** Rows with a one at the token; all zero where there is none. */
    NDArray inputs(NDManager manager, int vocabulary) {
        int length = length();
        float[] rows = new float[sequences.size() * length * vocabulary];
        for (int s = 0; s < sequences.size(); s++) {
            Sequence sequence = sequences.get(s);
            for (int i = 0; i < sequence.length(); i++) {
                rows[(s * length + i) * vocabulary + sequence.token(i)] = 1;
            }
        }
        return manager.create(rows, new Shape((long) sequences.size() * length, vocabulary));
    }

    /** Rows with one part in all learnt tokens at the next token, where that is to be learnt. */
    NDArray targets(NDManager manager, int vocabulary) {
        int length = length();
        float part = 1f / sequences.stream().mapToInt(Sequence::learntCount).sum();
        float[] rows = new float[sequences.size() * length * vocabulary];
        for (int s = 0; s < sequences.size(); s++) {
            Sequence sequence = sequences.get(s);
            for (int i = 0; i + 1 < sequence.length(); i++) {
                if (sequence.learnt(i + 1)) {
                    rows[(s * length + i) * vocabulary + sequence.token(i + 1)] = part;
                }
            }
        }
        return manager.create(rows, new Shape((long) sequences.size() * length, vocabulary));
    }
}
