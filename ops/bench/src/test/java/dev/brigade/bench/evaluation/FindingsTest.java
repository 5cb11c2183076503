package dev.brigade.bench.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.bench.evaluation.questions.AnswerKind;
import dev.brigade.bench.evaluation.questions.Question;
import dev.brigade.bench.figures.Interval;
import dev.brigade.bench.figures.PairedDifference;
import dev.brigade.config.Evidence;
import dev.brigade.config.PresetsConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FindingsTest {

    @ParameterizedTest
    @CsvSource({
        "0.01,   0.2,   100, beats_self_consistency",
        "0.0,    0.2,   100, undecided",
        "-0.1,   0.1,   100, undecided",
        "-0.1,   0.0,   100, does_not_beat_self_consistency",
        "-0.2,   -0.1,  100, does_not_beat_self_consistency",
        "0.0,    0.0,   100, does_not_beat_self_consistency",
        "0.01,   0.2,   29,  undecided",
        "-0.2,   -0.1,  29,  undecided",
        "0.01,   0.2,   30,  beats_self_consistency",
    })
    void theVerdictFollowsFromWhereTheWholeIntervalLies(
            double low, double high, int questions, String verdict) {
        PairedDifference difference =
                new PairedDifference((low + high) / 2, new Interval(low, high));
        assertThat(Verdict.of(difference, questions).wireName()).isEqualTo(verdict);
    }

    @Test
    void theTablesTellAccuracyTokensTimeDifferencesGroupsAndFailures() {
        String text = findings(comparisons(60, 20, 20)).toString();
        assertThat(text)
                .contains("| preset D2 | 80 of 100 | 80.0 | 71.1 to 86.7 | 0 | 1.0 | 60 | 40 |")
                .contains(
                        "| self-consistency of phi-4 | 60 of 100 | 60.0 | 50.2 to 69.1 | 0 | 3.0 |")
                .contains("| single phi-4 | 0 of 100 | 0.0 | 0.0 to 3.7 | 100 |")
                .contains("| self-consistency of phi-4 | 20.0 |")
                .contains("| 20 | 0 |")
                .contains("| sums | 100 | 80 | 60 | 0 |")
                .contains("- single phi-4: worker_lost, 100 times")
                .endsWith("Verdict: beats_self_consistency");
    }

    @Test
    void presetsThatAreRightAsOftenDoNotBeatIt() {
        assertThat(findings(comparisons(50, 0, 50)).verdict())
                .isEqualTo(Verdict.DOES_NOT_BEAT_SELF_CONSISTENCY);
    }

    /** What is printed is read by the reader of presets.yaml. */
    @Test
    void theEvidenceIsYamlThatPresetsUnderstand() {
        assertThat(evidence(comparisons(60, 20, 20)))
                .isEqualTo(
                        new Evidence(
                                Evidence.Result.BEATS_SELF_CONSISTENCY,
                                Optional.of(
                                        "2026-11-21, 100 questions of the set: 80.0 % right,"
                                                + " self-consistency of phi-4 60.0 %, difference"
                                                + " 20.0 points (95 %: 13.0 to 28.0)")));
        assertThat(evidence(comparisons(10, 1, 5)).result()).isEqualTo(Evidence.Result.UNMEASURED);
        assertThat(evidence(comparisons(10, 1, 5)).note().orElse("")).startsWith("undecided, ");
    }

    private static Evidence evidence(List<Comparison> comparisons) {
        String yaml =
                """
                presets:
                  D2:
                    description: test
                    mode: single
                    stages:
                      - answer: phi-4
                """
                        + findings(comparisons).evidence("2026-11-21", "the set").indent(4);
        return PresetsConfig.parse(yaml, "test").preset("D2").orElseThrow().evidence();
    }

    private static Findings findings(List<Comparison> comparisons) {
        return new Findings("preset D2", "phi-4", comparisons, 1);
    }

    /** Questions that both got right, that only the preset did, and that nobody did. */
    private static List<Comparison> comparisons(int both, int presetOnly, int nobody) {
        List<Comparison> comparisons = new ArrayList<>();
        for (int i = 0; i < both + presetOnly + nobody; i++) {
            Question question =
                    new Question("q-" + i, "sums", "What is 3 + 4?", "7", AnswerKind.NUMBER);
            comparisons.add(
                    new Comparison(
                            question,
                            outcome(i < both + presetOnly, 1, 60),
                            outcome(i < both, 3, 66),
                            new Outcome(
                                    Optional.empty(),
                                    false,
                                    1,
                                    0,
                                    0,
                                    5,
                                    Optional.of("worker_lost"))));
        }
        return comparisons;
    }

    private static Outcome outcome(boolean right, int calls, int tokens) {
        return new Outcome(
                Optional.of(right ? "7" : "8"),
                right,
                calls,
                20,
                tokens - 20,
                1_500,
                Optional.empty());
    }
}
