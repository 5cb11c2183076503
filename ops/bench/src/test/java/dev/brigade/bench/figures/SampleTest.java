package dev.brigade.bench.figures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class SampleTest {

    @Test
    void theMedianIsTheMiddleOrHalfWayBetweenTheTwoInTheMiddle() {
        assertThat(Sample.of(9, 1, 5).median()).isEqualTo(5);
        assertThat(Sample.of(4, 1, 3, 2).median()).isEqualTo(2.5);
        assertThat(Sample.of(7).median()).isEqualTo(7);
    }

    @Test
    void aQuantileLiesBetweenItsNeighbours() {
        Sample hundred =
                Sample.of(IntStream.rangeClosed(0, 100).mapToObj(i -> (double) i).toList());
        assertThat(hundred.quantile(0)).isZero();
        assertThat(hundred.quantile(0.99)).isEqualTo(99);
        assertThat(hundred.quantile(1)).isEqualTo(100);
        assertThat(Sample.of(10, 20).quantile(0.25)).isCloseTo(12.5, within(1e-9));
    }

    @Test
    void ratiosAndDifferencesAreOfPairsInTheOrderOfMeasuring() {
        Sample fast = Sample.of(90, 50, 80);
        Sample bare = Sample.of(100, 100, 80);
        assertThat(fast.over(bare).median()).isEqualTo(0.9);
        assertThat(fast.over(bare).least()).isEqualTo(0.5);
        assertThat(fast.over(bare).most()).isEqualTo(1);
        assertThat(fast.minus(bare).least()).isEqualTo(-50);
    }

    @Test
    void samplesOfDifferentSizeAreNotCompared() {
        assertThatThrownBy(() -> Sample.of(1, 2).over(Sample.of(1)))
                .hasMessage("2 values against 1");
    }

    @Test
    void anEmptySampleAndAShareOutOfBoundsAreRefused() {
        assertThatThrownBy(() -> Sample.of(List.of())).hasMessage("a sample needs a value");
        assertThatThrownBy(() -> Sample.of(1).quantile(1.5))
                .hasMessage("a share is 0 to 1, not 1.5");
        assertThatThrownBy(() -> Sample.of(1).quantile(Double.NaN)).hasMessageContaining("NaN");
    }

    @Test
    void aTableIsMarkdownWithMedianAndSpread() {
        Table table = new Table("streams", "tokens/s");
        table.add("4", Table.withSpread(Sample.of(98.04, 101.26, 90), 1));
        assertThat(table.toString())
                .isEqualTo(
                        """
                        | streams | tokens/s |
                        |---|---|
                        | 4 | 98.0 (90.0 to 101.3) |\
                        """);
        assertThatThrownBy(() -> table.add("one")).hasMessage("1 cells for 2 columns");
    }
}
