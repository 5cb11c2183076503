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
                .isEqualTo(new Question("What is Kafka?", "m1", Optional.empty()));
        assertThat(Question.parse(List.of("--priority", "high", "Why?")))
                .isEqualTo(new Question("Why?", "auto", Optional.of("high")));
    }

    @ParameterizedTest
    @CsvSource({
        "'', is empty",
        "--model m, is empty",
        "Why? --model, needs a value",
        "Why? --priority urgent, must be high",
        "Why? --loud, no option --loud",
    })
    void refusesWhatMakesNoSense(String line, String why) {
        List<String> arguments = line.isEmpty() ? List.of() : List.of(line.split(" "));

        assertThatThrownBy(() -> Question.parse(arguments))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(why);
    }
}
