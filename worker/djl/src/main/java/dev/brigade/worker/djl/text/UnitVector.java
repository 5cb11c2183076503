package dev.brigade.worker.djl.text;

import java.util.Arrays;

/** Cuts vectors and gives them the length 1. */
final class UnitVector {

    private UnitVector() {}

    /** The first numbers of a vector, scaled to the length 1 where that is wanted. */
    static float[] cut(float[] vector, int dimensions, boolean unit) {
        float[] cut = Arrays.copyOf(vector, dimensions);
        double squares = 0;
        for (float number : cut) {
            squares += (double) number * number;
        }
        if (!unit || squares == 0) {
            return cut;
        }
        double length = Math.sqrt(squares);
        for (int i = 0; i < dimensions; i++) {
            cut[i] = (float) (cut[i] / length);
        }
        return cut;
    }
}
