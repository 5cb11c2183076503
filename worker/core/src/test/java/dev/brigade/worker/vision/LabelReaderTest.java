package dev.brigade.worker.vision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.worker.vision.LabelReader.Reading;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LabelReaderTest {

    private static final LabelReader READER =
            new LabelReader(
                    List.of("technical", "discard"),
                    Map.of(
                            "technical", List.of("diagram", "technical drawing"),
                            "discard", List.of("not relevant", "irrelevant")));

    /** The answer, then the label and its confidence, or none, or several; | is a line's end. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '~',
            value = {
                // Nothing but a label.
                "technical # technical 1.0",
                "Technical # technical 1.0",
                "TECHNICAL. # technical 1.0",
                "  discard!| # discard 1.0",
                "\"technical\" # technical 1.0",
                "'Discard'. # discard 1.0",
                "**technical** # technical 1.0",
                "`discard` # discard 1.0",
                "_technical_ # technical 1.0",
                "[discard] # discard 1.0",
                "“Technical” # technical 1.0",
                "- technical # technical 1.0",
                "Technical   Drawing # technical 1.0",
                "Not relevant. # discard 1.0",
                "```|technical|``` # technical 1.0",
                "<think>Is it discard? No, lines.</think>technical # technical 1.0",
                // JSON.
                "{\"classification\": \"technical\"} # technical 1.0",
                "{\"Label\":\"Discard\"} # discard 1.0",
                "{\"category\": \"diagram\", \"confidence\": 0.4} # technical 1.0",
                "```json|{\"answer\": \"discard\"}|``` # discard 1.0",
                "Here it is: {\"classification\": \"technical\"} # technical 0.9",
                "{\"reason\": \"not technical\", \"classification\": \"discard\"} # discard 1.0",
                "{\"classification\": \"a technical one\"} # technical 0.7",
                "{\"classification\": [\"technical\", \"discard\"]} # several",
                "{\"classification\": \"cat\", \"reason\": \"technical\"} # none",
                "{\"classification\": null} # none",
                "{\"shape\": \"technical\"} # technical 0.7",
                "{\"classification\": \"technical\" # technical 0.9",
                // A verdict.
                "Answer: technical # technical 0.9",
                "Classification: **Discard** # discard 0.9",
                "The label is \"technical\". # technical 0.9",
                "It has lines, as a diagram has.|Answer: discard # discard 0.9",
                "I thought of discard first. Final answer: technical # technical 0.9",
                "Category = diagram # technical 0.9",
                "Answer: technical or discard # several",
                "Answer: technical, not discard # technical 0.9",
                "Answer: not technical # none",
                "The result is hard to say, perhaps technical. # technical 0.7",
                // Words of a longer text.
                "This is a technical image. # technical 0.7",
                "I would say: technical, since it shows a circuit. # technical 0.7",
                "It looks technical. Yes, technical. # technical 0.7",
                "The image shows a technical diagram of a pump. # technical 0.7",
                "I would discard this image, as it shows a cat. # discard 0.7",
                "This image is irrelevant. # discard 0.7",
                // Not as part of words.
                "technically, it is a photo # none",
                "discarded # none",
                "nontechnical # none",
                "diagrams # none",
                "biotechnical # none",
                // Denied.
                "not technical # none",
                "This is not a technical image. # none",
                "It isn't technical # none",
                "It isn’t technical # none",
                "There is no diagram here # none",
                "non-technical # none",
                "It is never technical # none",
                "I cannot call it technical # none",
                "It doesn't look like a technical image # none",
                "neither technical nor discard # none",
                "This is not technical, so discard. # discard 0.7",
                "This is discard rather than technical # discard 0.7",
                "technical instead of discard # technical 0.7",
                "Not a photo but technical # technical 0.7",
                "It is no photo. It is technical. # technical 0.7",
                "not only technical but a good one # technical 0.7",
                "Not relevant: it shows a cat, nothing technical at all. Discard. # discard 0.7",
                // Several, and none.
                "technical or discard # several",
                "It could be technical. It could be discard. # several",
                "Either diagram or irrelevant # several",
                "cat # none",
                "I am sorry, I cannot see the image. # none",
                "~~ # none",
                "~   ~ # none",
                "... # none",
                "<think>technical # none",
            })
    void answersAreRead(String answer, String expected) {
        assertThat(said(READER.read(answer.replace('|', '\n')))).isEqualTo(expected);
    }

    /** Labels that contain each other: the longest that is there counts. */
    @ParameterizedTest
    @CsvSource({
        "technical, technical 1.0",
        "not technical, not technical 1.0",
        "It is not technical., not technical 0.7",
        "It is NOT  technical., not technical 0.7",
        "It is technical., technical 0.7",
        "a technical drawing, technical drawing 0.7",
        "a technical-drawing, technical drawing 0.7",
        "a technical_drawing, technical drawing 0.7",
        "technical drawing, technical drawing 1.0",
        "technical or a technical drawing, several",
        "It is not a technical drawing, none",
    })
    void labelsMayContainEachOther(String answer, String expected) {
        LabelReader reader =
                new LabelReader(
                        List.of("technical", "not technical", "technical drawing"), Map.of());

        assertThat(said(reader.read(answer))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "C++, C++ 1.0",
        "It is written in C++., C++ 0.7",
        "这是技术图像, 技术 0.7",
        "Müll, Müll 1.0",
        "Das ist MÜLL!, Müll 0.7",
        "Sperrmüll, none",
    })
    void labelsMayBeOfAnyScript(String answer, String expected) {
        LabelReader reader = new LabelReader(List.of("C++", "技术", "Müll"), Map.of());

        assertThat(said(reader.read(answer))).isEqualTo(expected);
    }

    @Test
    void aVeryLongAnswerIsCutAndTakesNoTime() {
        assertThat(said(READER.read("not ".repeat(500_000) + "technical"))).isEqualTo("none");
        assertThat(said(READER.read("a ".repeat(30_000) + "technical"))).isEqualTo("technical 0.7");
        assertThat(said(READER.read("{".repeat(60_000) + "}".repeat(60_000)))).isEqualTo("none");
        assertThat(said(READER.read("technical ".repeat(6_000)))).isEqualTo("technical 0.7");
    }

    private static String said(Reading reading) {
        return switch (reading) {
            case Reading.Named(String label, double confidence) -> label + " " + confidence;
            case Reading.None none -> "none";
            case Reading.Several several -> "several";
        };
    }
}
