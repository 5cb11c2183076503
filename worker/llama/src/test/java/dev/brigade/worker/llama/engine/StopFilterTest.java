package dev.brigade.worker.llama.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class StopFilterTest {

    @Test
    void theFirstStopStringToBeCompleteEndsTheText() {
        assertThat(run(List.of("abcd", "bc"), "x", "a", "b", "c", "d")).isEqualTo("xa|");
        assertThat(run(List.of("##"), "one # two #", "# three")).isEqualTo("one # two |");
        assertThat(run(List.of("x"), "x")).isEqualTo("|");
    }

    @Test
    void theBeginningOfAStopStringComesOutWhenItWasNone() {
        assertThat(run(List.of("END"), "E", "N", "?", "EN")).isEqualTo("EN?EN");
        assertThat(run(List.of(), "a", "b")).isEqualTo("ab");
    }

    @Test
    void anyCutIntoPiecesGivesTheSameText() {
        long seed = Long.getLong("brigade.seed", 1);
        Random random = new Random(seed);
        for (int i = 0; i < 500; i++) {
            String text = letters(random, 30);
            List<String> stops = List.of(letters(random, 1 + random.nextInt(4)), "aab");
            int first =
                    stops.stream().mapToInt(text::indexOf).filter(at -> at >= 0).min().orElse(-1);
            String[] pieces = text.split("(?<=\\G.{" + (1 + random.nextInt(5)) + "})");
            String shown = run(stops, pieces);
            // A stop string that is complete earlier may begin later than another one.
            assertThat(shown.endsWith("|")).as("seed %d", seed).isEqualTo(first >= 0);
            String prefix = shown.replace("|", "");
            assertThat(text).as("seed %d", seed).startsWith(prefix);
            assertThat(stops).as("seed %d", seed).noneMatch(prefix::contains);
        }
    }

    private static String letters(Random random, int length) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append((char) ('a' + random.nextInt(2)));
        }
        return text.toString();
    }

    /** What is shown of the pieces; a bar at the end where a stop string was found. */
    private static String run(List<String> stops, String... pieces) {
        StopFilter filter = new StopFilter(stops);
        StringBuilder shown = new StringBuilder();
        for (String piece : pieces) {
            shown.append(filter.accept(piece));
            if (filter.stopped()) {
                return shown + "|";
            }
        }
        return shown + filter.rest();
    }
}
