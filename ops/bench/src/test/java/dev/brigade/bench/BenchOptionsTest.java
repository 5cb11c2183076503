package dev.brigade.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.brigade.bench.BenchOptions.Part;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BenchOptionsTest {

    @Test
    void anEmptyCommandLineMeasuresTheWholeSystemAndNoMicroBenchmark() {
        assertThat(parse())
                .isEqualTo(
                        new BenchOptions(
                                Set.of(Part.THROUGHPUT, Part.LATENCY, Part.DISPATCHER),
                                3,
                                64,
                                60,
                                20_000,
                                100,
                                10_000,
                                10_000,
                                "",
                                Duration.ofMinutes(30)));
    }

    @Test
    void everyOptionIsTaken() {
        assertThat(
                        parse(
                                "--only",
                                "latency,dispatcher",
                                "--repetitions",
                                "5",
                                "--tokens",
                                "96",
                                "--first-tokens",
                                "100",
                                "--requests",
                                "500",
                                "--sagas",
                                "20",
                                "--open-sagas",
                                "3000",
                                "--images",
                                "250",
                                "--benchmarks",
                                "Decode",
                                "--limit",
                                "7"))
                .isEqualTo(
                        new BenchOptions(
                                Set.of(Part.LATENCY, Part.DISPATCHER),
                                5,
                                96,
                                100,
                                500,
                                20,
                                3_000,
                                250,
                                "Decode",
                                Duration.ofMinutes(7)));
    }

    @Test
    void microBenchmarksAreRunInsteadOfTheSystem() {
        assertThat(parse("--jmh").parts()).containsExactly(Part.JMH);
    }

    @Test
    void whatComesAfterQuickWins() {
        BenchOptions options = parse("--quick", "--tokens", "32");
        assertThat(options.tokens()).isEqualTo(32);
        assertThat(options.repetitions()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "--repetitions,        0,    --repetitions must be 1 to 20",
        "--repetitions,        21,   --repetitions must be 1 to 20",
        "--tokens,             7,    --tokens must be 8 to 256",
        "--first-tokens,       4,    --first-tokens must be 5 to 1000",
        "--requests,           99,   --requests must be 100 to 200000",
        "--sagas,              4,    --sagas must be 5 to 10000",
        "--open-sagas,         999,  --open-sagas must be 1000 to 1000000",
        "--limit,              0,    --limit must be 1 to 240",
        "--tokens,             many, '--tokens needs a number, not many'",
        "--only,               all,  '--only takes throughput, latency, dispatcher, sagas, images, embeddings, rerank, batching, not all'",
    })
    void aValueOutOfBoundsIsRefusedByName(String option, String value, String message) {
        assertThatThrownBy(() -> parse(option, value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @Test
    void anUnknownOptionAndAMissingValueAreRefused() {
        assertThatThrownBy(() -> parse("--fast")).hasMessage("there is no option --fast");
        assertThatThrownBy(() -> parse("--tokens")).hasMessage("--tokens needs a value");
    }

    private static BenchOptions parse(String... arguments) {
        return BenchOptions.parse(List.of(arguments));
    }
}
