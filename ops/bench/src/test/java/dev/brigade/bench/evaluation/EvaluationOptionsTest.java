package dev.brigade.bench.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class EvaluationOptionsTest {

    @Test
    void aPresetIsEnough() {
        assertThat(parse("--preset", "D2"))
                .isEqualTo(
                        new EvaluationOptions(
                                new Target.OfPreset("D2"),
                                Optional.empty(),
                                Optional.empty(),
                                OptionalInt.empty(),
                                1,
                                2,
                                512,
                                Duration.ofSeconds(120),
                                Duration.ofMinutes(60),
                                Optional.empty(),
                                Optional.empty()));
    }

    @Test
    void everyOptionIsTaken() {
        String line =
                "--mode debate --model phi-4 --set q.jsonl --questions 50 --seed 9 --concurrency 4"
                        + " --max-tokens 64 --deadline 30 --limit 5 --server broker:9092"
                        + " --out results.jsonl";
        assertThat(parse(line.split(" ")))
                .isEqualTo(
                        new EvaluationOptions(
                                new Target.OfMode("debate"),
                                Optional.of("phi-4"),
                                Optional.of(Path.of("q.jsonl")),
                                OptionalInt.of(50),
                                9,
                                4,
                                64,
                                Duration.ofSeconds(30),
                                Duration.ofMinutes(5),
                                Optional.of("broker:9092"),
                                Optional.of(Path.of("results.jsonl"))));
    }

    @ParameterizedTest
    @CsvSource({
        "--concurrency, 0,      --concurrency must be 1 to 64",
        "--concurrency, 65,     --concurrency must be 1 to 64",
        "--questions,   0,      --questions must be 1 to 100000",
        "--max-tokens,  131073, --max-tokens must be 1 to 131072",
        "--deadline,    0,      --deadline must be 1 to 3600",
        "--limit,       0,      --limit must be 1 to 2880",
        "--seed,        x,      '--seed needs a number, not x'",
        "--mode,        map,    one of --preset and --mode is needed",
    })
    void aValueOutOfBoundsIsRefusedByName(String option, String value, String message) {
        assertThatThrownBy(() -> parse("--preset", "D2", option, value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @Test
    void aModeThatCannotBeComparedAndAnEmptyLineAreRefused() {
        assertThatThrownBy(() -> parse("--mode", "map"))
                .hasMessage(
                        "--mode must be one of single, critique, debate, ensemble, pipeline, not"
                                + " map");
        assertThatThrownBy(EvaluationOptionsTest::parse)
                .hasMessage("one of --preset and --mode is needed");
        assertThatThrownBy(() -> parse("--preset")).hasMessage("--preset needs a value");
        assertThatThrownBy(() -> parse("--fast")).hasMessage("there is no option --fast");
    }

    @Test
    void everyOptionOfTheHelpIsKnown() {
        List<String> options = new ArrayList<>();
        EvaluationOptions.USAGE
                .lines()
                .map(String::strip)
                .filter(line -> line.startsWith("--") && !line.startsWith("--help"))
                .forEach(line -> options.add(line.split(" ")[0]));
        assertThat(options).hasSize(12);
        for (String option : options) {
            assertThatThrownBy(() -> parse(option)).hasMessage(option + " needs a value");
        }
    }

    private static EvaluationOptions parse(String... arguments) {
        return EvaluationOptions.parse(List.of(arguments));
    }
}
