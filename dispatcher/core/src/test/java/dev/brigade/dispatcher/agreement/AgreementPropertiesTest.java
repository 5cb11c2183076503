package dev.brigade.dispatcher.agreement;

import static dev.brigade.dispatcher.agreement.AgreementTest.voices;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What holds whatever the texts are, on texts that are drawn from a printed seed. */
class AgreementPropertiesTest {

    private static final long SEED = 20_261_121;
    private static final int ROUNDS = 200;

    private static final List<String> PIECES =
            List.of(
                    "the",
                    "tower",
                    "is",
                    "not",
                    "Paris",
                    "Lyon",
                    "324",
                    "1,000",
                    "0.50",
                    "-7",
                    ".",
                    ". ",
                    "\n",
                    "Answer: 42",
                    "!",
                    "never",
                    "東京",
                    "。",
                    "👍🏽",
                    "مرحبا",
                    "שלום",
                    "\u202e",
                    "\u200b",
                    "\ud83d",
                    "<draft>",
                    "{{task}}",
                    "- ",
                    "é",
                    "e\u0301",
                    "ﬁ",
                    "\\boxed{3}",
                    "a".repeat(300),
                    "%",
                    "\t",
                    "\u0000",
                    "ﷺ");

    @Test
    void theValueIsBoundedAndDoesNotDependOnTheOrder() {
        Random random = new Random(SEED);
        for (int round = 0; round < ROUNDS; round++) {
            String about = "seed %d round %d".formatted(SEED, round);
            List<Voice> voices = new ArrayList<>(randomVoices(random));
            Agreement agreement = Agreement.of(voices);

            assertThat(agreement.value()).as(about).isBetween(0.0, 1.0);
            assertThat(agreement.majorityShare()).as(about).isBetween(1.0 / voices.size(), 1.0);
            assertThat(agreement.majorityStage().isPresent())
                    .as(about)
                    .isEqualTo(agreement.majorityShare() > 0.5);
            assertThat(Agreement.of(voices)).as(about).isEqualTo(agreement);

            Collections.shuffle(voices, random);
            Agreement shuffled = Agreement.of(voices);
            assertThat(shuffled.value()).as(about).isEqualTo(agreement.value());
            assertThat(shuffled.method()).as(about).isEqualTo(agreement.method());
            assertThat(shuffled.majorityShare()).as(about).isEqualTo(agreement.majorityShare());
        }
    }

    @Test
    void stagesAreThoseOfTheVoicesAndAllIsBounded() {
        Random random = new Random(SEED + 1);
        for (int round = 0; round < ROUNDS; round++) {
            List<Voice> voices = randomVoices(random);
            Agreement agreement = Agreement.of(voices);

            List<String> stages = voices.stream().map(Voice::stage).toList();
            assertThat(stages).contains(agreement.medoidStage());
            assertThat(stages).containsAll(agreement.majorityStage().stream().toList());
            assertThat(agreement.agreedPoints()).hasSizeLessThanOrEqualTo(10);
            assertThat(agreement.flaggedPoints()).hasSizeLessThanOrEqualTo(10);
            assertThat(agreement.conflicts()).hasSizeLessThanOrEqualTo(10);
            assertThat(agreement.conflicts())
                    .allSatisfy(conflict -> {
                        assertThat(conflict.positions()).hasSizeBetween(2, 16);
                        assertThat(conflict.positions())
                                .extracting(Position::stage)
                                .doesNotHaveDuplicates()
                                .isSubsetOf(stages);
                        assertThat(conflict.about()).hasSizeLessThanOrEqualTo(120);
                        assertThat(conflict.positions())
                                .allMatch(position -> position.text().length() <= 240);
                    });
        }
    }

    @Test
    void equalTextsAgreeWhollyAndContradictNothing() {
        Random random = new Random(SEED + 2);
        for (int round = 0; round < ROUNDS; round++) {
            String text = randomText(random, 60);
            Agreement agreement = Agreement.of(voices(text, text, text));

            assertThat(agreement.value()).as("seed %d round %d", SEED + 2, round).isEqualTo(1);
            assertThat(agreement.majorityShare()).isEqualTo(1);
            assertThat(agreement.conflicts()).isEmpty();
            assertThat(agreement.flaggedPoints()).isEmpty();
        }
    }

    @Test
    @Timeout(60)
    void hugeAndOddTextsEnd() {
        List<String> huge =
                List.of(
                        "",
                        " ".repeat(100_000),
                        "a".repeat(100_000),
                        "no ".repeat(33_000),
                        "x1. ".repeat(25_000),
                        "-".repeat(100_000),
                        "1,000".repeat(20_000),
                        "answer: ".repeat(12_000),
                        "答案是".repeat(30_000),
                        "👨‍👩‍👧 ".repeat(10_000),
                        "\u202eمرحبا بالعالم. ".repeat(6_000),
                        "Tower %d is not 5 m tall in Paris.\n".repeat(3_000),
                        "\ud83d".repeat(50_000),
                        "ﷺ".repeat(50_000),
                        "\\boxed{".repeat(14_000),
                        "e\u0301".repeat(50_000));

        Agreement agreement = Agreement.of(voices(huge.toArray(String[]::new)));

        assertThat(agreement.method()).isEqualTo("rouge_l");
        assertThat(agreement.value()).isBetween(0.0, 1.0);
    }

    private static List<Voice> randomVoices(Random random) {
        int longest = random.nextBoolean() ? 3 : 60;
        String common = randomText(random, longest);
        return voices(
                IntStream.range(0, 1 + random.nextInt(8))
                        .mapToObj(_ ->
                                random.nextInt(3) == 0
                                        ? common
                                        : common + " " + randomText(random, longest))
                        .toArray(String[]::new));
    }

    private static String randomText(Random random, int longest) {
        var text = new StringBuilder();
        for (int i = random.nextInt(longest); i >= 0; i--) {
            text.append(PIECES.get(random.nextInt(PIECES.size())));
            text.append(random.nextInt(4) == 0 ? "" : " ");
        }
        return text.toString();
    }
}
