package dev.brigade.dispatcher.agreement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordRunTest {

    private static final long SEED = 20_261_120;

    /** The examples of Lin's paper, section 3. */
    @ParameterizedTest
    @CsvSource({
        "police killed the gunman, police kill the gunman, 0.75",
        "police killed the gunman, the gunman kill police, 0.5",
        "a b c, a b c, 1",
        "a b c, d e f, 0",
        "a, a b c, 0.5",
    })
    void likenessIsRougeL(String one, String other, double likeness) {
        assertThat(run(one).likeness(run(other))).isEqualTo(likeness, within(1e-12));
    }

    @Test
    void foundInIsTheRecall() {
        assertThat(run("a b c d").foundIn(run("x a y b z"))).isEqualTo(0.5);
        assertThat(run("a b").foundIn(run("a x b y"))).isEqualTo(1);
    }

    @Test
    void emptyRunsAreLikeEachOtherAndNothingElse() {
        WordRun empty = new WordRun(List.of());

        assertThat(empty.likeness(empty)).isEqualTo(1);
        assertThat(empty.likeness(run("a"))).isZero();
        assertThat(run("a").likeness(empty)).isZero();
        assertThat(empty.foundIn(run("a"))).isZero();
    }

    @Test
    void theFastCountIsThatOfTheTable() {
        Random random = new Random(SEED);
        for (int round = 0; round < 500; round++) {
            List<String> one = words(random, 1 + random.nextInt(200), 2 + random.nextInt(30));
            List<String> other = words(random, 1 + random.nextInt(200), 2 + random.nextInt(30));

            int common = new WordRun(one).common(new WordRun(other));

            assertThat(common).as("seed %d round %d", SEED, round).isEqualTo(table(one, other));
            assertThat(new WordRun(other).common(new WordRun(one))).isEqualTo(common);
        }
    }

    @Test
    void ofALongRunBeginningAndEndAreKept() {
        List<String> all = IntStream.range(0, 5_000).mapToObj(Integer::toString).toList();

        List<String> kept = new WordRun(all).words();

        assertThat(kept).hasSize(WordRun.MOST_WORDS).startsWith("0", "1").endsWith("4998", "4999");
        assertThat(kept.get(999)).isEqualTo("999");
        assertThat(kept.get(1_000)).isEqualTo("4000");
        assertThat(new WordRun(all.subList(0, 2_000)).words()).isEqualTo(all.subList(0, 2_000));
    }

    private static List<String> words(Random random, int count, int kinds) {
        return IntStream.range(0, count)
                .mapToObj(_ -> Integer.toString(random.nextInt(kinds)))
                .toList();
    }

    private static int table(List<String> one, List<String> other) {
        int[][] longest = new int[one.size() + 1][other.size() + 1];
        for (int i = 1; i <= one.size(); i++) {
            for (int j = 1; j <= other.size(); j++) {
                longest[i][j] =
                        one.get(i - 1).equals(other.get(j - 1))
                                ? longest[i - 1][j - 1] + 1
                                : Math.max(longest[i - 1][j], longest[i][j - 1]);
            }
        }
        return longest[one.size()][other.size()];
    }

    private static WordRun run(String text) {
        return new WordRun(new ArrayList<>(List.of(text.split(" "))));
    }
}
