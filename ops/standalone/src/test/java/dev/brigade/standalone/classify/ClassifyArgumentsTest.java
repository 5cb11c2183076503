package dev.brigade.standalone.classify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClassifyArgumentsTest {

    @Test
    void aFolderAloneIsClassifiedAtLowPriority() {
        assertThat(ClassifyArguments.parse(List.of("scans")))
                .isEqualTo(
                        new ClassifyArguments(
                                List.of(Path.of("scans")),
                                false,
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                "low",
                                false,
                                Optional.empty()));
    }

    @Test
    void takesEveryOption() {
        var line =
                "a --out r.CSV b.png --model m1 --prompt What? --priority high --recursive"
                        + " --allow-uncertain";

        assertThat(ClassifyArguments.parse(List.of(line.split(" "))))
                .isEqualTo(
                        new ClassifyArguments(
                                List.of(Path.of("a"), Path.of("b.png")),
                                true,
                                Optional.of(Path.of("r.CSV")),
                                Optional.of("m1"),
                                Optional.of("What?"),
                                "high",
                                true,
                                Optional.empty()));
    }

    @Test
    void anEarlierBatchNeedsNoSources() {
        var arguments = ClassifyArguments.parse(List.of("--resume", "r-1", "--out", "r.jsonl"));

        assertThat(arguments.resume()).contains("r-1");
        assertThat(arguments.sources()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|needs a folder or image files",
                "a --resume r-1|leave folders and files out",
                "a --priority urgent|--priority must be",
                "a --out results.txt|ending in .csv or .jsonl",
                "a --out|--out needs a value",
                "a --speed|no option --speed"
            })
    void whatMakesNoSenseIsRefusedSayingWhy(String line, String why) {
        List<String> arguments = line.isEmpty() ? List.of() : List.of(line.split(" "));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> ClassifyArguments.parse(arguments))
                .withMessageContaining(why);
    }
}
