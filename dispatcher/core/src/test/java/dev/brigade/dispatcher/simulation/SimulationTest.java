package dev.brigade.dispatcher.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.dispatcher.request.ReplyStatus;
import dev.brigade.dispatcher.saga.Transitions;
import dev.brigade.dispatcher.saga.Visits;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Random histories. {@code -Dsimulation.seed=N} replays one, {@code -Dsimulation.histories=N}
 * changes how many there are, {@code -Dsimulation.first=N} where they begin.
 */
class SimulationTest {

    private static final long HISTORIES = Long.getLong("simulation.histories", 10_000);
    private static final long FIRST = Long.getLong("simulation.first", 1);

    @Test
    void everyHistoryKeepsThePromises() {
        Long replay = Long.getLong("simulation.seed");
        if (replay != null) {
            run(replay, new Visits(), new EnumMap<>(ReplyStatus.class));
            return;
        }
        var visits = new Visits();
        var tally = new EnumMap<ReplyStatus, Integer>(ReplyStatus.class);
        for (long seed = FIRST; seed < FIRST + HISTORIES; seed++) {
            run(seed, visits, tally);
        }
        assertThat(Transitions.edges()).as("edges known").containsAll(visits.taken());
        assertThat(tally.keySet()).as("every way to end").containsExactly(ReplyStatus.values());
    }

    @Test
    void theSameHistoryGivesTheSameCommands() {
        for (long seed = FIRST; seed < FIRST + HISTORIES / 20; seed++) {
            var once = new History(seed, new Visits()).run();
            var again = new History(seed, new Visits()).run();
            assertThat(again).as("seed %d", seed).isEqualTo(once);
        }
    }

    private static void run(long seed, Visits visits, Map<ReplyStatus, Integer> tally) {
        var history = new History(seed, visits);
        try {
            history.run();
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError(
                    "history of seed %d (replay with -Dsimulation.seed=%d): %s"
                            .formatted(seed, seed, e.getMessage()),
                    e);
        }
        history.tally().forEach((status, count) -> tally.merge(status, count, Integer::sum));
    }
}
