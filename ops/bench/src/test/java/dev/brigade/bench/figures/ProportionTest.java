package dev.brigade.bench.figures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ProportionTest {

    /** The first four as in R. G. Newcombe, Statistics in Medicine 17 (1998), table I, method 3. */
    @ParameterizedTest
    @CsvSource({
        "81,  263, 0.2553, 0.3662",
        "15,  148, 0.0624, 0.1605",
        "0,   20,  0.0000, 0.1611",
        "1,   29,  0.0061, 0.1718",
        "5,   10,  0.2366, 0.7634",
        "10,  10,  0.7225, 1.0000",
        "1,   1,   0.2065, 1.0000",
    })
    void theIntervalIsWilsonsScoreInterval(int hits, int trials, double low, double high) {
        Interval interval = new Proportion(hits, trials).wilson95();
        assertThat(interval.low()).isCloseTo(low, within(0.00006));
        assertThat(interval.high()).isCloseTo(high, within(0.00006));
    }

    @Test
    void theIntervalHoldsTheShareAndMirrorsThatOfTheMisses() {
        for (int hits = 0; hits <= 37; hits++) {
            Proportion proportion = new Proportion(hits, 37);
            Interval interval = proportion.wilson95();
            Interval misses = new Proportion(37 - hits, 37).wilson95();
            assertThat(proportion.share()).isBetween(interval.low(), interval.high());
            assertThat(interval.low()).isCloseTo(1 - misses.high(), within(1e-12));
        }
    }

    @Test
    void moreHitsThanTrialsAndNoTrialsAreRefused() {
        assertThatThrownBy(() -> new Proportion(4, 3)).hasMessage("4 of 3");
        assertThatThrownBy(() -> new Proportion(0, 0)).hasMessage("0 of 0");
        assertThatThrownBy(() -> new Proportion(-1, 3)).hasMessage("-1 of 3");
    }

    @Test
    void anIntervalIsPrintedInPerCent() {
        assertThat(new Interval(-0.0512, 0.25).percent(1)).isEqualTo("-5.1 to 25.0");
        assertThatThrownBy(() -> new Interval(1, 0)).hasMessage("an interval from 1.0 to 0.0");
    }
}
