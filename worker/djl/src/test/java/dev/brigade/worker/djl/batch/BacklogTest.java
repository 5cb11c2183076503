package dev.brigade.worker.djl.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.brigade.schema.Priority;
import dev.brigade.worker.backend.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** The policies on a clock moved by hand: which calls run, and when. Times are nanoseconds. */
class BacklogTest {

    private static final long FAR = 1_000_000;

    private final LatencyEstimate seen = new LatencyEstimate();
    private final List<Call<String, String>> given = new ArrayList<>();
    private Backlog<String, String> backlog = with(new BatchPolicy.Dynamic(100));
    private long now;

    @Test
    void nothingWaitsNothingRuns() {
        assertThat(backlog.next(now)).isEqualTo(new Next.Idle<>());
    }

    @Test
    void dynamicRunsAFullBatchAtOnce() {
        arrive("a", "b", "c", "d", "e");

        assertRuns("a", "b", "c", "d");
        assertWaits(100);
    }

    @Test
    void dynamicRunsWhatIsThereAfterTheTimeoutOfTheFirst() {
        arrive("a");
        now = 60;
        arrive("b");
        assertWaits(40);

        now = 100;
        assertRuns("a", "b");
    }

    @Test
    void dynamicRunsAtOnceWhatHasWaitedWhileTheModelWasBusy() {
        arrive("a");
        now = 5_000;
        assertRuns("a");
    }

    @Test
    void fixedWaitsForAFullBatch() {
        backlog = with(new BatchPolicy.Fixed(100));
        arrive("a", "b");
        now = 1_000;
        assertWaits(1_000);

        arrive("c", "d");
        assertRuns("a", "b", "c", "d");
    }

    @Test
    void fixedGivesUpAfterTwentyTimeouts() {
        backlog = with(new BatchPolicy.Fixed(100));
        arrive("a", "b");
        now = 1_999;
        assertWaits(1);
        now = 2_000;
        assertRuns("a", "b");
    }

    @Test
    void greedyWaitsForNobody() {
        backlog = with(new BatchPolicy.Greedy());
        arrive("a", "b");
        assertRuns("a", "b");
    }

    @Test
    void noPolicyWaitsLongerThanHalfTheLimitOfACall() {
        backlog = with(new BatchPolicy.Fixed(100));
        arrive("a");
        now = 10;
        arrive("b", 1, 60);
        assertWaits(30);

        now = 40;
        assertRuns("a", "b");
    }

    @Test
    void latencyAwareBeginsWithOneAndGrowsAsItLearns() {
        backlog = with(new BatchPolicy.LatencyAware(100, 1_000));
        arrive("a", "b", "c", "d", "e", "f", "g");
        assertRuns("a");

        seen.record(1, 500);
        assertRuns("b", "c");

        seen.record(2, 520);
        assertRuns("d", "e");

        seen.record(2, 100);
        seen.record(2, 100);
        seen.record(2, 100);
        arrive("h", "i");
        assertRuns("f", "g", "h", "i");
    }

    @Test
    void latencyAwareShrinksWhenBatchesTakeTooLong() {
        backlog = with(new BatchPolicy.LatencyAware(100, 1_000));
        seen.record(1, 100);
        seen.record(2, 150);
        seen.record(4, 2_000);
        arrive("a", "b", "c", "d");

        assertRuns("a", "b");
    }

    @Test
    void latencyAwareWaitsOnlyForWhatRunningLeavesOfTheTarget() {
        backlog = with(new BatchPolicy.LatencyAware(100, 1_000));
        seen.record(4, 1_000);
        seen.record(1, 970);
        arrive("a");
        assertThat(backlog.next(now)).as("two would take too long").isEqualTo(runs("a"));

        backlog = with(new BatchPolicy.LatencyAware(100, 2_000));
        seen.record(1, 970);
        arrive("b");
        assertWaits(100);
    }

    @Test
    void callsOfSimilarLengthRunTogether() {
        arrive("long", 90, FAR);
        arrive("short", 8, FAR);
        arrive("short too", 9, FAR);
        arrive("long too", 100, FAR);

        assertRuns("long", "long too");
        now = 100;
        assertRuns("short", "short too");
    }

    @Test
    void aCancelledCallIsNeverRun() {
        arrive("a", "b", "c");
        given.get(1).end(Result.cancelled());
        now = 100;

        assertRuns("a", "c");
        assertThat(backlog.size()).isZero();
    }

    @Test
    void anExpiredCallIsNeverRun() {
        arrive("a", 1, 50);
        arrive("b");
        now = 50;

        assertThat(backlog.next(now)).isEqualTo(new Next.Expire<>(List.of(given.getFirst())));
        now = 100;
        assertRuns("b");
    }

    @Test
    void theQueueIsBoundedAndCancelledCallsMakeRoom() {
        arrive("a", "b", "c", "d", "e", "f", "g", "h");
        assertThat(backlog.hasRoom(Priority.LOW)).isFalse();
        assertThatThrownBy(() -> arrive("i")).isInstanceOf(IllegalStateException.class);

        given.getFirst().end(Result.cancelled());
        assertThat(backlog.hasRoom(Priority.LOW)).isTrue();
        assertThat(backlog.size()).isEqualTo(7);
    }

    @Test
    void higherClassesAreInTheNextBatch() {
        arrive("l1", "l2", "l3", "l4", "l5");
        arrive(Priority.NORMAL, "n");
        arrive(Priority.HIGH, "h");

        assertThat(next()).containsExactly("h", "n", "l1", "l2");
        assertThat(next()).containsExactly("l3", "l4", "l5");
    }

    @Test
    void whoWasPassedOftenEnoughIsInTheNextBatchThoughHigherOnesFillIt() {
        arrive("l1", "l2");
        for (int batch = 0; batch < 2; batch++) {
            arrive(Priority.HIGH, "h", "h", "h", "h");
            assertThat(next()).containsExactly("h", "h", "h", "h");
        }
        arrive(Priority.HIGH, "h", "h", "h", "h");

        assertThat(next()).containsExactly("l1", "h", "h", "h");
    }

    @Test
    void aHigherClassFillsItsBatchWithItsOwnBeforeOthersThatFitBetter() {
        arrive("low", 50, FAR);
        arrive("low too", 51, FAR);
        arrive("low as well", 52, FAR);
        arrive(Priority.HIGH, "h1", 50, FAR);
        arrive(Priority.HIGH, "h2", 90, FAR);
        arrive(Priority.HIGH, "h3", 80, FAR);

        assertThat(next()).containsExactly("h1", "low", "h3", "h2");
    }

    @Test
    void aClassCannotFillTheQueue() {
        backlog = new Backlog<>(new BatchSettings(new BatchPolicy.Greedy(), 4, 400, 20), seen);
        int low = 0;
        while (backlog.hasRoom(Priority.LOW)) {
            arrive("l" + low++);
        }

        assertThat(low).isEqualTo(16);
        assertThat(backlog.hasRoom(Priority.HIGH)).isTrue();
        assertThat(backlog.hasRoom(Priority.NORMAL)).isTrue();
    }

    @Test
    void drainingTakesAll() {
        arrive("a", "b");
        assertThat(backlog.drain()).containsExactlyElementsOf(given);
        assertThat(backlog.next(now)).isEqualTo(new Next.Idle<>());
    }

    private Backlog<String, String> with(BatchPolicy policy) {
        return new Backlog<>(new BatchSettings(policy, 4, 400, 8), seen);
    }

    private void arrive(String... inputs) {
        for (String input : inputs) {
            arrive(input, 1, FAR);
        }
    }

    private void arrive(String input, int cost, long limit) {
        arrive(Priority.LOW, input, cost, limit);
    }

    private void arrive(Priority priority, String... inputs) {
        for (String input : inputs) {
            arrive(priority, input, 1, FAR);
        }
    }

    private void arrive(Priority priority, String input, int cost, long limit) {
        Call<String, String> call =
                new Call<>(input, cost, priority, now, limit, new CompletableFuture<>());
        given.add(call);
        backlog.add(call);
    }

    /** Inputs of the batch that runs once all have waited. */
    private List<String> next() {
        now += 100;
        if (backlog.next(now) instanceof Next.Run<String, String>(var calls)) {
            return calls.stream().map(Call::input).toList();
        }
        throw new AssertionError("nothing runs");
    }

    private void assertRuns(String... inputs) {
        assertThat(backlog.next(now)).isEqualTo(runs(inputs));
    }

    private Next<String, String> runs(String... inputs) {
        return new Next.Run<>(
                given.stream().filter(call -> List.of(inputs).contains(call.input())).toList());
    }

    private void assertWaits(long nanos) {
        assertThat(backlog.next(now)).isEqualTo(new Next.Wait<>(nanos));
    }
}
