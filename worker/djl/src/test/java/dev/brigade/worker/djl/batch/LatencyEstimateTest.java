package dev.brigade.worker.djl.batch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LatencyEstimateTest {

    private final LatencyEstimate seen = new LatencyEstimate();

    @Test
    void startsWithTheSmallestWhileNothingIsKnown() {
        assertThat(seen.ofNanos(8)).isZero();
        assertThat(seen.largestWithin(50, 32)).isEqualTo(1);
    }

    @Test
    void guessesLargerOnesInProportion() {
        seen.record(4, 10);

        assertThat(seen.ofNanos(4)).isEqualTo(10);
        assertThat(seen.ofNanos(16)).isEqualTo(40);
        assertThat(seen.ofNanos(1)).as("no more than a larger one took").isEqualTo(10);
        assertThat(seen.largestWithin(50, 32)).isEqualTo(16);
    }

    @Test
    void goesToTheMostThatIsAllowedEvenWhereThatIsNoPowerOfTwo() {
        seen.record(32, 10);

        assertThat(seen.largestWithin(50, 48)).isEqualTo(48);
        assertThat(seen.largestWithin(50, 100)).isEqualTo(100);
        assertThat(seen.largestWithin(15, 48)).isEqualTo(32);
    }

    @Test
    void followsWhatItSees() {
        seen.record(8, 10);
        for (int i = 0; i < 30; i++) {
            seen.record(8, 50);
        }
        assertThat(seen.ofNanos(8)).isBetween(45L, 50L);
        assertThat(seen.largestWithin(20, 32)).isEqualTo(1);
    }

    @Test
    void oneStutterDoesNotShutOutASizeForGood() {
        seen.record(8, 10);
        seen.record(8, 100_000);
        assertThat(seen.largestWithin(50, 8)).isLessThan(8);

        for (int i = 0; i < 100; i++) {
            seen.record(4, 10);
        }
        assertThat(seen.largestWithin(50, 8)).isEqualTo(8);
    }
}
