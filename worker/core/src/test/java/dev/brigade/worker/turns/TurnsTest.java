package dev.brigade.worker.turns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.schema.Priority;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TurnsTest {

    private final Turns<String> turns = new Turns<>();

    @Test
    void higherClassesGoFirstAndWithinAClassTheFirstCome() {
        turns.add(Priority.LOW, "l1");
        turns.add(Priority.NORMAL, "n1");
        turns.add(Priority.LOW, "l2");
        turns.add(Priority.HIGH, "h1");
        turns.add(Priority.NORMAL, "n2");

        assertThat(turns.inOrder()).containsExactly("h1", "n1", "n2", "l1", "l2");
        assertThat(turns.tiers())
                .containsExactly(List.of("h1"), List.of("n1", "n2"), List.of("l1", "l2"));
    }

    @Test
    void whoWasPassedEightTimesIsOwedATurn() {
        turns.add(Priority.LOW, "low");
        turns.add(Priority.LOW, "low too");
        for (int i = 0; i < Turns.SHARE; i++) {
            assertThat(next(Priority.HIGH)).isEqualTo("HIGH");
        }

        turns.add(Priority.HIGH, "late");
        assertThat(turns.tiers()).containsExactly(List.of("low", "late"), List.of("low too"));
        turns.take(List.of("low"));
        assertThat(turns.inOrder()).as("and only one").containsExactly("late", "low too");
    }

    @Test
    void whatIsTakenTogetherCountsOneByOne() {
        List<String> high = new ArrayList<>();
        for (int i = 0; i < 3 * Turns.SHARE; i++) {
            high.add("h" + i);
            turns.add(Priority.HIGH, high.getLast());
        }
        for (int i = 0; i < 5; i++) {
            turns.add(Priority.LOW, "l" + i);
        }
        turns.take(high);
        turns.add(Priority.HIGH, "late");

        assertThat(turns.inOrder()).containsExactly("l0", "l1", "l2", "late", "l3", "l4");
    }

    @Test
    void aClassThatComesNewIsOwedNothing() {
        for (int i = 0; i < 10 * Turns.SHARE; i++) {
            next(Priority.HIGH);
        }
        turns.add(Priority.LOW, "low");
        turns.add(Priority.HIGH, "high");

        assertThat(turns.inOrder()).containsExactly("high", "low");
    }

    @Test
    void underAnyStreamEveryClassThatWaitsHasATurnInTime() {
        long seed = Long.getLong("brigade.seed", 20_261_121);
        Random random = new Random(seed);
        for (Priority waiting : List.of(Priority.NORMAL, Priority.LOW)) {
            Turns<String> all = new Turns<>();
            all.add(waiting, "patient");
            int passed = 0;
            while (all.inOrder().contains("patient")) {
                Priority[] classes = Priority.values();
                for (int i = 0; i < 3; i++) {
                    all.add(classes[random.nextInt(classes.length)], "other" + passed + "-" + i);
                }
                all.take(List.of(all.inOrder().getFirst()));
                passed++;
                assertThat(passed).as("seed %d", seed).isLessThanOrEqualTo(2 * Turns.SHARE + 2);
            }
            assertThat(passed).as("it had its turn").isPositive();
        }
    }

    @Test
    void whoLeavesByItselfHasHadNoTurn() {
        turns.add(Priority.HIGH, "h");
        turns.add(Priority.LOW, "l");
        turns.removeIf("h"::equals);

        assertThat(turns.inOrder()).containsExactly("l");
        assertThat(turns.size()).isEqualTo(1);
        assertThat(turns.size(Priority.HIGH)).isZero();
    }

    private String next(Priority priority) {
        turns.add(priority, priority.name());
        String next = turns.inOrder().getFirst();
        turns.take(List.of(next));
        return next;
    }
}
