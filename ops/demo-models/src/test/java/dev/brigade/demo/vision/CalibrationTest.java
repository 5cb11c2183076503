package dev.brigade.demo.vision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.brigade.demo.drawing.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CalibrationTest {

    @Test
    void findsTheTemperatureThatMakesProbabilitiesTrue() {
        List<Scored> scored = answers(3);
        Calibration calibration = Calibration.fitted(scored);
        assertThat(calibration.temperature()).isCloseTo(3, within(0.4));
        assertThat(Reliability.of(scored, calibration.temperature()).error()).isLessThan(0.03);
        assertThat(Reliability.of(scored, 1).error()).isGreaterThan(0.1);
    }

    @Test
    void aThresholdLeavesMostlyRightAnswers() {
        List<Scored> scored = answers(1);
        Calibration calibration = Calibration.fitted(scored);
        assertThat(calibration.threshold()).isBetween(0.6, 0.96);
        assertThat(Share.right(Share.above(scored, calibration)))
                .isGreaterThan(Share.right(scored));
    }

    @Test
    void isReadAsItWasWritten(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("calibration.json");
        Calibration calibration = new Calibration(1.25, 0.8);
        calibration.write(file);
        assertThat(Calibration.read(file)).isEqualTo(calibration);
    }

    /** Answers that are right as often as their scores say when divided by the temperature. */
    private static List<Scored> answers(double temperature) {
        Random random = new Random(4);
        List<Scored> scored = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            double margin = random.nextGaussian() * 2 * temperature;
            double technical = 1 / (1 + Math.exp(-margin / temperature));
            scored.add(new Scored(random.nextDouble() < technical ? Kind.TREE : Kind.WOOD, margin));
        }
        return scored;
    }
}
