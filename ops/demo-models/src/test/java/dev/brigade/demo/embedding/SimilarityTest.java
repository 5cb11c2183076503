package dev.brigade.demo.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class SimilarityTest {

    @Test
    void rougeIsTheLongestCommonSubsequence() {
        assertThat(Similarity.rougeL("a b c d", "a x c d")).isCloseTo(0.75, within(1e-9));
        assertThat(Similarity.rougeL("a b", "b a")).isCloseTo(0.5, within(1e-9));
        assertThat(Similarity.rougeL("", "a")).isZero();
    }

    @Test
    void aBagOfWordsKnowsNoOrder() {
        assertThat(Similarity.bagOfWords("A b!", "b a")).isCloseTo(1, within(1e-9));
        assertThat(Similarity.bagOfWords("a", "b")).isZero();
    }

    @Test
    void correlationsKnowOrderAndSharedRanks() {
        double[] rising = {1, 2, 3, 4};
        assertThat(Correlation.spearman(rising, new double[] {1, 10, 100, 1000}))
                .isCloseTo(1, within(1e-9));
        assertThat(Correlation.pearson(rising, new double[] {8, 6, 4, 2}))
                .isCloseTo(-1, within(1e-9));
        assertThat(Correlation.spearman(rising, new double[] {1, 1, 2, 2}))
                .isCloseTo(0.894, within(1e-3));
        assertThat(Correlation.above(new double[] {2, 3}, new double[] {1, 3}))
                .isCloseTo(0.625, within(1e-9));
    }
}
