package dev.brigade.standalone.classify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.client.BatchProgress;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ProgressLineTest {

    private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(shown, true, StandardCharsets.UTF_8);

    @Test
    void aTerminalHasOneLineThatIsWrittenOver() {
        ProgressLine line = new ProgressLine(out, true);

        line.batch(new BatchProgress(40, 10, 100, 25, OptionalLong.of(2_000)));
        line.batch(new BatchProgress(90, 10, 100, 25, OptionalLong.of(0)));
        line.end();

        assertThat(shown.toString(StandardCharsets.UTF_8))
                .isEqualTo(
                        "\r[############............] 50/100, 10 failed, 25.0 images/s, 2 s left"
                                + "\r[########################] 100/100, 10 failed, 25.0 images/s, 0 s left"
                                + System.lineSeparator());
    }

    @Test
    void whatIsLongerIsWipedOut() {
        ProgressLine line = new ProgressLine(out, true);

        line.batch(new BatchProgress(1, 0, 100_000, 2, OptionalLong.of(50_000_000)));
        int longer = shown.size() - 1;
        shown.reset();
        line.packed(1, 2);

        assertThat(shown.toString(StandardCharsets.UTF_8)).startsWith("\rreading images 1/2 ");
        assertThat(shown.size() - 1).isEqualTo(longer);
    }

    @Test
    void elsewhereEachTenthOfTheWayIsALine() {
        ProgressLine line = new ProgressLine(out, false);

        for (int done = 1; done <= 1_000; done++) {
            line.batch(new BatchProgress(done, 0, 1_000, 0, OptionalLong.empty()));
        }

        assertThat(shown.toString(StandardCharsets.UTF_8).lines())
                .hasSize(11)
                .element(10)
                .isEqualTo("[########################] 1000/1000, 0 failed, 0.0 images/s");
    }
}
