package dev.brigade.worker.djl.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.schema.Priority;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class GatheredTest {

    private static final long PLENTY = 1 << 20;

    @Test
    void equalCostsAreServedInTheOrderOfTheirArrival() {
        Gathered<Integer, String> batch = Gathered.of(List.of(calls(1, 1, 1, 1, 1)), 3, PLENTY);

        assertThat(inputs(batch)).containsExactly(0, 1, 2);
        assertThat(batch.full()).isTrue();
    }

    @Test
    void thoseNearestToTheFirstJoin() {
        Gathered<Integer, String> batch =
                Gathered.of(List.of(calls(100, 5, 90, 300, 110, 95)), 4, PLENTY);

        assertThat(inputs(batch)).containsExactly(2, 5, 0, 4);
    }

    @Test
    void aLongCallIsNotPaddedWithManyShortOnes() {
        Gathered<Integer, String> batch =
                Gathered.of(List.of(calls(500, 5, 5, 5, 5, 5)), 32, PLENTY);

        assertThat(inputs(batch)).containsExactly(0);
        assertThat(batch.full()).as("others wait for the model").isTrue();
    }

    @Test
    void amongShortCallsLengthDoesNotMatter() {
        assertThat(Gathered.of(List.of(calls(3, 32, 1, 30)), 8, PLENTY).size()).isEqualTo(4);
        assertThat(Gathered.of(List.of(calls(3, 33, 1, 30)), 8, PLENTY).size()).isEqualTo(3);
    }

    @Test
    void theBudgetCountsPadding() {
        Gathered<Integer, String> batch = Gathered.of(List.of(calls(10, 10, 10, 12)), 32, 36);

        assertThat(inputs(batch)).containsExactly(0, 1, 2);
        assertThat(batch.units()).isEqualTo(30);
    }

    @Test
    void aCallOverTheBudgetRunsAlone() {
        Gathered<Integer, String> batch = Gathered.of(List.of(calls(100, 1, 1)), 32, 50);

        assertThat(inputs(batch)).containsExactly(0);
    }

    @Test
    void aBatchWithRoomAndNothingLeftOverIsNotFull() {
        assertThat(Gathered.of(List.of(calls(10, 12)), 3, PLENTY).full()).isFalse();
        assertThat(Gathered.of(List.of(calls(10, 12)), 2, PLENTY).full()).as("size").isTrue();
        assertThat(Gathered.of(List.of(calls(10, 12)), 3, 35).full()).as("budget").isTrue();
    }

    @Test
    void anyBatchHoldsTheFirstAndKeepsToItsBounds() {
        long seed = Long.getLong("brigade.seed", 20_261_121);
        Random random = new Random(seed);
        for (int round = 0; round < 2_000; round++) {
            int[] costs = random.ints(1 + random.nextInt(40), 1, 512).toArray();
            int maxSize = 1 + random.nextInt(16);
            long budget = random.nextLong(1, 4_096);
            Gathered<Integer, String> batch = Gathered.of(List.of(calls(costs)), maxSize, budget);

            int cheapest = batch.calls().getFirst().cost();
            int dearest = batch.calls().getLast().cost();
            assertThat(inputs(batch)).as("seed %d", seed).contains(0).doesNotHaveDuplicates();
            assertThat(batch.size()).as("seed %d", seed).isBetween(1, maxSize);
            assertThat(batch.size() == 1 || batch.units() <= budget).as("seed %d", seed).isTrue();
            assertThat(dearest).as("seed %d", seed).isLessThanOrEqualTo(Math.max(32, 2 * cheapest));
        }
    }

    private static List<Integer> inputs(Gathered<Integer, String> batch) {
        return batch.calls().stream().map(Call::input).toList();
    }

    private static List<Call<Integer, String>> calls(int... costs) {
        List<Call<Integer, String>> calls = new ArrayList<>();
        for (int cost : costs) {
            calls.add(
                    new Call<>(
                            calls.size(),
                            cost,
                            Priority.NORMAL,
                            0,
                            PLENTY,
                            new CompletableFuture<>()));
        }
        return calls;
    }
}
