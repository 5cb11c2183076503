package dev.brigade.dispatcher.plan;

import dev.brigade.dispatcher.agreement.Likeness;

/**
 * An embedding model by which answers are compared, and what its cosines mean.
 *
 * @param unrelated cosine of answers that have nothing in common: agreement 0
 * @param same cosine of answers that say the same: agreement 1; above the other
 */
public record Yardstick(Cast cast, double unrelated, double same) {

    public Yardstick {
        if (!(unrelated < same)) {
            throw new IllegalArgumentException("from %s to %s".formatted(unrelated, same));
        }
    }

    /** Agreement of all pairs, 0 to 1. */
    double[][] agreement(Likeness likeness) {
        var agreement = new double[likeness.texts()][likeness.texts()];
        for (int i = 0; i < likeness.texts(); i++) {
            for (int j = 0; j < i; j++) {
                double share = (likeness.cosine(i, j) - unrelated) / (same - unrelated);
                agreement[i][j] = Math.clamp(share, 0, 1);
                agreement[j][i] = agreement[i][j];
            }
        }
        return agreement;
    }
}
