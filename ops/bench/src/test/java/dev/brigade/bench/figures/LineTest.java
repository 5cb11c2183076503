package dev.brigade.bench.figures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.brigade.bench.figures.Line.Point;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LineTest {

    @Test
    void pointsOnALineGiveThatLine() {
        Line line = Line.through(List.of(new Point(1, 5), new Point(3, 9), new Point(10, 23)));
        assertThat(line.slope()).isCloseTo(2, within(1e-12));
        assertThat(line.start()).isCloseTo(3, within(1e-12));
        assertThat(line.reaches(103)).isCloseTo(50, within(1e-9));
    }

    @Test
    void pointsBesideALineGiveTheNearestOne() {
        Line line =
                Line.through(
                        List.of(
                                new Point(0, 1),
                                new Point(1, 0),
                                new Point(2, 3),
                                new Point(3, 2)));
        assertThat(line.slope()).isCloseTo(0.6, within(1e-12));
        assertThat(line.start()).isCloseTo(0.6, within(1e-12));
    }

    @Test
    void whatDoesNotGrowReachesNothingAndWhatIsPastItHasReachedIt() {
        Line flat = Line.through(List.of(new Point(1, 5), new Point(2, 5)));
        assertThat(flat.reaches(6)).isInfinite();
        Line steep = Line.through(List.of(new Point(1, 5), new Point(2, 6)));
        assertThat(steep.reaches(3)).isZero();
    }

    @Test
    void onePointIsNoLine() {
        assertThatThrownBy(() -> Line.through(List.of(new Point(1, 5), new Point(1, 7))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Line.through(List.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
