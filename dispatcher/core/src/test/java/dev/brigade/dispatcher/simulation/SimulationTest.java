package dev.brigade.dispatcher.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.dispatcher.request.ReplyStatus;
import dev.brigade.dispatcher.saga.Transitions;
import dev.brigade.dispatcher.saga.Visits;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Random histories. {@code -Dsimulation.seed=N} replays one, {@code -Dsimulation.histories=N}
 * changes how many there are, {@code -Dsimulation.first=N} where they begin.
 */
class SimulationTest {

    private static final long HISTORIES = Long.getLong("simulation.histories", 10_000);
    private static final List<String> MODES =
            List.of("single", "critique", "debate", "ensemble", "pipeline", "map", "batch");
    private static final Set<ReplyStatus> ENDS =
            EnumSet.complementOf(EnumSet.of(ReplyStatus.REJECTED));
    private static final long FIRST = Long.getLong("simulation.first", 1);

    @Test
    void everyHistoryKeepsThePromises() {
        Long replay = Long.getLong("simulation.seed");
        if (replay != null) {
            run(replay, new Visits(), new EnumMap<>(ReplyStatus.class), new TreeMap<>());
            return;
        }
        var visits = new Visits();
        var tally = new EnumMap<ReplyStatus, Integer>(ReplyStatus.class);
        var modes = new TreeMap<String, Integer>();
        for (long seed = FIRST; seed < FIRST + HISTORIES; seed++) {
            run(seed, visits, tally, modes);
        }
        var unknown = new TreeSet<>(visits.taken());
        unknown.removeAll(Transitions.edges());
        assertThat(unknown).as("edges that the table does not know").isEmpty();
        assertThat(tally.keySet()).as("every way to end").containsExactly(ReplyStatus.values());
        assertThat(modes)
                .containsKeys("resumed COMPLETED", "resumed FAILED", "parked", "skipped", "held")
                .containsKeys("exact_match", "rouge_l", "embedding");
        for (String mode : MODES) {
            for (ReplyStatus status : ENDS) {
                assertThat(modes).as("every mode").containsKey(mode + " " + status);
            }
        }
    }

    @Test
    void theSameHistoryGivesTheSameCommands() {
        for (long seed = FIRST; seed < FIRST + HISTORIES / 20; seed++) {
            var once = new History(seed, new Visits()).run();
            var again = new History(seed, new Visits()).run();
            assertThat(again).as("seed %d", seed).isEqualTo(once);
        }
    }

    private static void run(
            long seed, Visits visits, Map<ReplyStatus, Integer> tally, Map<String, Integer> modes) {
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
        history.modes().forEach((end, count) -> modes.merge(end, count, Integer::sum));
    }
}
