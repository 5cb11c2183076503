package dev.brigade.dispatcher.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.brigade.dispatcher.request.BatchSummary;
import dev.brigade.dispatcher.request.Code;
import dev.brigade.dispatcher.request.Failure;
import dev.brigade.dispatcher.request.ImageResult;
import dev.brigade.dispatcher.request.Output;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TallyTest {

    @Test
    void nothingIsDoneAtFirst() {
        assertThat(Tally.of(5).summary()).isEqualTo(BatchSummary.untouched(5));
        assertThat(Tally.of(5).perSecond(7_000)).isZero();
        assertThat(Tally.of(5).remainingMs(7_000)).isEmpty();
    }

    @Test
    void resultsAreCountedByTheirLabels() {
        Tally tally = begun(10, 0).plus(List.of(seen("a"), seen("b"), seen("a")), spent(), 2_000);
        tally = tally.plus(List.of(seen("a"), bad()), spent(), 4_000);

        BatchSummary summary = tally.summary();
        assertThat(summary.done()).isEqualTo(4);
        assertThat(summary.failed()).isEqualTo(1);
        assertThat(summary.labels()).containsEntry("a", 3L).containsEntry("b", 1L).hasSize(2);
        assertThat(summary.seconds()).isEqualTo(4);
        assertThat(summary.perSecond()).isEqualTo(1.25);
        assertThat(summary.parts()).isEqualTo(2);
    }

    @Test
    void whatIsBeyondAThousandLabelsIsCountedTogether() {
        List<ImageResult> results =
                IntStream.range(0, 1_500).mapToObj(i -> seen("label-" + i)).toList();
        Tally tally = begun(2_000, 0).plus(results, spent(), 1_000);
        tally = tally.plus(List.of(seen("label-0"), seen("label-1400")), spent(), 1_000);

        assertThat(tally.labels()).hasSize(1_001);
        assertThat(tally.labels()).containsEntry("label-0", 2L).containsEntry("(others)", 501L);
    }

    @Test
    void thePaceIsThatOfTheLastTenSeconds() {
        Tally tally = begun(1_000, 0);
        for (int second = 1; second <= 60; second++) {
            tally = tally.plus(List.of(seen("a"), seen("a")), spent(), second * 1_000L);
            assertThat(tally.pace().beats()).hasSizeLessThanOrEqualTo(11);
        }
        assertThat(tally.perSecond(60_000)).isEqualTo(2);
        assertThat(tally.perSecond(65_000)).as("half of it is long ago").isEqualTo(1);
        assertThat(tally.perSecond(80_000)).as("all of it is").isZero();
        assertThat(tally.remainingMs(60_000)).hasValue(440_000);
        assertThat(tally.remainingMs(80_000)).isEmpty();
    }

    @Test
    void aFreshBatchIsMeasuredByTheTimeItHasHad() {
        Tally tally = begun(10, 5_000).plus(List.of(seen("a"), seen("a")), spent(), 5_500);
        assertThat(tally.perSecond(5_500)).as("at least a second").isEqualTo(2);
        assertThat(tally.perSecond(9_000)).isCloseTo(0.5, within(1e-9));
    }

    @Test
    void holdsGrowAndAreForgottenWhenTheQueueTakesSomething() {
        Tally tally = Tally.of(10);
        long[] waits = {500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000};
        for (long wait : waits) {
            tally = tally.held(100);
            assertThat(tally.heldUntilMs()).hasValue(100 + wait);
            assertThat(tally.held(200)).as("refused together").isEqualTo(tally);
            tally = tally.resumed();
            assertThat(tally.heldUntilMs()).isEmpty();
        }
        assertThat(tally.taken().held(100).heldUntilMs()).hasValue(600);
        for (int i = 0; i < 100; i++) {
            tally = tally.held(100).resumed();
        }
        assertThat(tally.held(100).heldUntilMs()).hasValue(30_100);
    }

    private static Tally begun(int total, long atMs) {
        return Tally.of(total).beginning(1, atMs);
    }

    private static Spent spent() {
        return Spent.NOTHING;
    }

    private static ImageResult seen(String label) {
        return new ImageResult(
                0,
                Optional.empty(),
                Optional.of(new Output.Classification(label, 1, List.of(), Optional.empty())),
                Optional.empty());
    }

    private static ImageResult bad() {
        return ImageResult.failed(0, Optional.empty(), Failure.of(Code.IMAGE_EMPTY, "empty"));
    }
}
