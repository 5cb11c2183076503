package dev.brigade.standalone.saga;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.brigade.standalone.saga.SagaArguments.Which;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SagaArgumentsTest {

    @Test
    void takesOptionsInAnyOrder() {
        assertThat(parse("show --json r1 --text"))
                .isEqualTo(new SagaArguments.Show("r1", true, true));
        assertThat(parse("show r1")).isEqualTo(new SagaArguments.Show("r1", false, false));
        assertThat(parse("list")).isEqualTo(new SagaArguments.Recent(Which.ALL, 20, false));
        assertThat(parse("list --limit 1000 --open"))
                .isEqualTo(new SagaArguments.Recent(Which.OPEN, 1000, false));
        assertThat(parse("list --failed --json"))
                .isEqualTo(new SagaArguments.Recent(Which.FAILED, 20, true));
        assertThat(parse("parked --json")).isEqualTo(new SagaArguments.Parked(true));
        assertThat(parse("retry --all")).isEqualTo(new SagaArguments.Retry(Optional.empty()));
        assertThat(parse("retry r1/draft"))
                .isEqualTo(new SagaArguments.Retry(Optional.of("r1/draft")));
    }

    @ParameterizedTest
    @CsvSource({
        "'', needs one of show",
        "tell, no command tell",
        "show, show needs a request id",
        "show --text, show needs a request id",
        "show a b, no use for b",
        "show a --loud, no option --loud",
        "list --limit, --limit must be 1 to 1000",
        "list --limit 0, --limit must be 1 to 1000",
        "list --limit 1001, --limit must be 1 to 1000",
        "list --limit x, --limit must be 1 to 1000",
        "list --open --failed, exclude each other",
        "parked x, no use for x",
        "retry, needs a compensation id or --all",
        "retry --all x, no use for x",
    })
    void refusesWhatMakesNoSense(String line, String why) {
        assertThatThrownBy(() -> parse(line))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(why);
    }

    @Test
    void refusesAnIdThatNoRequestCanHave() {
        assertThatThrownBy(() -> SagaArguments.parse(List.of("show", "x".repeat(201))))
                .hasMessageContaining("1 to 200 printable characters");
    }

    private static SagaArguments parse(String line) {
        return SagaArguments.parse(line.isEmpty() ? List.of() : List.of(line.split(" ")));
    }
}
