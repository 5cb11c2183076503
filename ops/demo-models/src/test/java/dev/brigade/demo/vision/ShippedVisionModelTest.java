package dev.brigade.demo.vision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.brigade.demo.drawing.Use;
import dev.brigade.demo.vision.Examples.Example;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The folder as it is committed, in ONNX Runtime. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ShippedVisionModelTest {

    private static final Path FOLDER = Path.of("models/brigade-demo-vision");
    private static final int SIDE = VisionPlan.SHIPPED.side();
    private static final long FRESH_SEED = 4711;
    private static final long TWO_MIB = 2L << 20;

    private VisionModel model;
    private String card;

    @BeforeAll
    void open() throws IOException {
        model = VisionModel.open(FOLDER.resolve("model.onnx"));
        card = Files.readString(FOLDER.resolve("README.md"));
    }

    @AfterAll
    void close() {
        model.close();
    }

    @Test
    void isAboutAsGoodOnFreshDrawingsOfKnownKindsAsItsCardSays() {
        List<Example> examples = Examples.draw(Use.LEARN, 1, SIDE, FRESH_SEED);
        double promised = percentages("| right |").getFirst();
        assertThat(100 * Share.right(Scored.all(model, examples)))
                .isGreaterThan(promised - 8)
                .isGreaterThan(85);
    }

    @Test
    void isAboutAsGoodOnFreshDrawingsOfUnseenKindsAsItsCardSays() {
        List<Example> examples = Examples.draw(Use.TEST, 5, SIDE, FRESH_SEED);
        double promised = percentages("| right |").getLast();
        assertThat(100 * Share.right(Scored.all(model, examples)))
                .isCloseTo(promised, within(12.0));
    }

    @Test
    void saysTheSameOfOnePictureAloneAndAmongOthers() {
        List<Example> examples = Examples.draw(Use.CALIBRATE, 1, SIDE, FRESH_SEED);
        float[][] together = model.scores(examples);
        for (int i = 0; i < together.length; i++) {
            float[] alone = model.scores(List.of(examples.get(i)))[0];
            assertThat(alone).containsExactly(together[i], within(1e-4f));
        }
    }

    @Test
    void isSmallAndHasWhatItsCardNames() throws IOException {
        long bytes = 0;
        try (Stream<Path> files = Files.walk(FOLDER)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                bytes += Files.size(file);
            }
        }
        assertThat(bytes).isLessThan(TWO_MIB);
        Calibration calibration = Calibration.read(FOLDER.resolve("calibration.json"));
        assertThat(card)
                .contains("demo model")
                .contains(
                        String.format(
                                Locale.ROOT, "%,d bytes", Files.size(FOLDER.resolve("model.onnx"))))
                .contains(
                        String.format(
                                Locale.ROOT, "| parameters | %,d |", Convolution.parameters()))
                .contains(
                        String.format(
                                Locale.ROOT,
                                "| temperature, threshold | %.2f, %.2f",
                                calibration.temperature(),
                                calibration.threshold()));
        assertThat(FOLDER.resolve("preprocessor_config.json"))
                .hasContent(VisionCard.preprocessor(SIDE));
        assertThat(FOLDER.resolve("config.json")).hasContent(VisionCard.CONFIG);
    }

    /** Of the row of the card's first table that starts so. */
    private List<Double> percentages(String start) {
        String row = card.lines().filter(line -> line.startsWith(start)).findFirst().orElseThrow();
        Matcher matcher = Pattern.compile("([0-9.]+) %").matcher(row);
        return matcher.results().map(found -> Double.valueOf(found.group(1))).toList();
    }
}
