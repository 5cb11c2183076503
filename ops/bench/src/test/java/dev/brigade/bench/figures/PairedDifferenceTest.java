package dev.brigade.bench.figures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class PairedDifferenceTest {

    private static final long SEED = 20261121;

    /** The resampled sum is binomial (100, 0.3), whose 2.5th and 97.5th percentiles are 21, 39. */
    @Test
    void theIntervalOfOnesAndZeroesIsThatOfTheBinomialDistribution() {
        PairedDifference difference = PairedDifference.of(with(30, 0, 70), SEED);
        assertThat(difference.mean()).isCloseTo(0.3, within(1e-12));
        assertThat(difference.interval().low()).isCloseTo(0.21, within(0.011));
        assertThat(difference.interval().high()).isCloseTo(0.39, within(0.011));
    }

    /** Mean ± 1.96 standard errors of the population of values. */
    @Test
    void theIntervalOfManyValuesIsThatOfTheNormalDistribution() {
        Random random = new Random(SEED);
        List<Double> values = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            values.add(5 + random.nextGaussian());
        }
        double mean = values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
        double variance =
                values.stream().mapToDouble(v -> (v - mean) * (v - mean)).average().orElseThrow();
        double half = 1.96 * Math.sqrt(variance / values.size());
        PairedDifference difference = PairedDifference.of(Sample.of(values), SEED);
        assertThat(difference.interval().low()).isCloseTo(mean - half, within(0.01));
        assertThat(difference.interval().high()).isCloseTo(mean + half, within(0.01));
    }

    @Test
    void winsAndLossesThatCancelHaveAnIntervalAroundNothing() {
        PairedDifference difference = PairedDifference.of(with(20, 20, 60), SEED);
        assertThat(difference.mean()).isZero();
        assertThat(difference.interval().low()).isBetween(-0.16, -0.08);
        assertThat(difference.interval().high()).isBetween(0.08, 0.16);
    }

    @Test
    void differencesAllAlikeHaveAnIntervalWithoutWidth() {
        assertThat(PairedDifference.of(Sample.of(1, 1, 1, 1), SEED))
                .isEqualTo(new PairedDifference(1, new Interval(1, 1)));
    }

    @Test
    void theSameSeedGivesTheSameIntervalAndAnotherAnother() {
        Random random = new Random(SEED);
        List<Double> values =
                Collections.nCopies(50, 0).stream().map(i -> random.nextGaussian()).toList();
        PairedDifference first = PairedDifference.of(Sample.of(values), 1);
        assertThat(PairedDifference.of(Sample.of(values), 1)).isEqualTo(first);
        assertThat(PairedDifference.of(Sample.of(values), 2)).isNotEqualTo(first);
    }

    private static Sample with(int wins, int losses, int ties) {
        List<Double> values = new ArrayList<>(Collections.nCopies(wins, 1.0));
        values.addAll(Collections.nCopies(losses, -1.0));
        values.addAll(Collections.nCopies(ties, 0.0));
        return Sample.of(values);
    }
}
