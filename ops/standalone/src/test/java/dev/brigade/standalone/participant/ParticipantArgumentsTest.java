package dev.brigade.standalone.participant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParticipantArgumentsTest {

    private static final Path HOME = Path.of("/home");

    @Test
    void needsOnlyATopic() {
        assertThat(parse("--topic shop.effects"))
                .isEqualTo(
                        new ParticipantArguments(
                                "shop.effects",
                                Path.of("/home/participant-shop.effects"),
                                Trouble.NONE));
    }

    @Test
    void takesEveryOption() {
        assertThat(parse("--fail-first 2 --topic t --ledger l --silent-first 1 --silence 500"))
                .isEqualTo(
                        new ParticipantArguments(
                                "t", Path.of("l"), new Trouble(1, Duration.ofMillis(500), 2)));
    }

    @ParameterizedTest
    @CsvSource({
        "'', needs --topic",
        "--topic, --topic needs a value",
        "--topic inference.events, a compensation topic is",
        "--topic t --loud yes, no option --loud",
        "--topic t --fail-first many, --fail-first must be a whole number",
        "--topic t --fail-first 1001, --fail-first must be 0 to 1000",
        "--topic t --silent-first 1001, --silent-first must be 0 to 1000",
        "--topic t --silence 0, --silence must be 1 to 3600000 ms",
    })
    void refusesWhatMakesNoSense(String line, String why) {
        assertThatThrownBy(() -> parse(line))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(why);
    }

    private static ParticipantArguments parse(String line) {
        return ParticipantArguments.parse(
                line.isEmpty() ? List.of() : List.of(line.split(" ")), HOME);
    }
}
