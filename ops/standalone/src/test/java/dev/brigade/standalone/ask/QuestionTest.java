package dev.brigade.standalone.ask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuestionTest {

    @Test
    void takesWordsAndOptionsInAnyOrder() {
        assertThat(Question.parse(List.of("What", "--model", "m1", "is Kafka?")))
                .isEqualTo(
                        new Question(
                                "What is Kafka?",
                                "m1",
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                false));
        assertThat(Question.parse(List.of("--priority", "high", "Why?", "--mode", "debate")))
                .isEqualTo(
                        new Question(
                                "Why?",
                                "auto",
                                Optional.of("high"),
                                Optional.of("debate"),
                                Optional.empty(),
                                false));
        assertThat(Question.parse(List.of("--stages", "Why?", "--preset", "T1")))
                .isEqualTo(
                        new Question(
                                "Why?",
                                "auto",
                                Optional.empty(),
                                Optional.empty(),
                                Optional.of("T1"),
                                true));
    }

    @ParameterizedTest
    @CsvSource({
        "'', is empty",
        "--model m, is empty",
        "Why? --model, needs a value",
        "Why? --priority urgent, must be high",
        "Why? --loud, no option --loud",
        "Why? --mode map, --mode must be single",
        "Why? --preset, needs a value",
        "Why? --preset T1 --model m, leave --model out",
    })
    void refusesWhatMakesNoSense(String line, String why) {
        List<String> arguments = line.isEmpty() ? List.of() : List.of(line.split(" "));

        assertThatThrownBy(() -> Question.parse(arguments))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(why);
    }
}
