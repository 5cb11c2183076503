package dev.brigade.dispatcher.agreement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AgreementTest {

    private static final String ESSAY =
            "The tower was built in 1889 for the world fair. It stands in Paris near the river Seine."
                    + " Seven million people visit it every year.";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Paris / paris. / **Paris**! / Lyon | 0.75 | s1",
                "The Nile / nile / A Nile | 1 | s1",
                "1,000 / 1000 / 1000.00 / 999 | 0.75 | s1",
                "0.5 / 0.50 / 1/2 | 0.6666666666666666 | s1",
                "no / yes / yes | 0.6666666666666666 | s2",
                "yes / no | 0.5 |",
                "a1 / b1 / c1 | 0.3333333333333333 |",
                "5 km / 5 m | 0.5 |",
                "-5 / 5 | 0.5 |",
                "C# / C++ / C | 0.3333333333333333 |",
                "42 / The answer is 42. / Answer: 42 | 1 | s1",
                "42 / **Answer:** 42 / answer = **42** / Die Antwort ist 42. | 1 | s1",
                "Answer: Dr. Smith / Answer: Dr. Jones | 0.5 |",
                "東京 / 東京。 / 大阪 | 0.6666666666666666 | s1",
                "👍 / 👍 / 👎 | 0.6666666666666666 | s1",
            })
    void shortAnswersAreComparedAsTheyAre(String answers, double value, String majority) {
        Agreement agreement = Agreement.of(voices(answers.split(" / ")));

        assertThat(agreement.method()).isEqualTo("exact_match");
        assertThat(agreement.value()).isEqualTo(value);
        assertThat(agreement.majorityShare()).isEqualTo(value);
        assertThat(agreement.majorityStage().orElse(null)).isEqualTo(majority);
    }

    @Test
    void theAnswerAtTheEndOfLongTextsIsCompared() {
        Agreement agreement =
                Agreement.of(
                        voices(
                                ESSAY + "\n\nAnswer: 1,889",
                                "Something else entirely, which goes on for a good while.\n"
                                        + "The final answer is **1889**. That is certain.",
                                ESSAY + "\nSo it is $\\boxed{1890}$."));

        assertThat(agreement.method()).isEqualTo("exact_match");
        assertThat(agreement.value()).isEqualTo(2 / 3.0);
        assertThat(agreement.majorityStage()).contains("s1");
        assertThat(agreement.agreedPoints()).containsExactly("1,889");
        assertThat(agreement.flaggedPoints()).containsExactly("1890");
        assertThat(agreement.conflicts())
                .containsExactly(
                        new Conflict(
                                "answer",
                                List.of(
                                        new Position("m1", "s1", "1,889"),
                                        new Position("m3", "s3", "1890"))));
    }

    @Test
    void aNumberAtTheEndOfEachLongTextIsTheAnswer() {
        String steps = "First we add the apples of both baskets, and then those on the table.\n";

        Agreement same =
                Agreement.of(
                        voices(
                                steps + "So there are 12 apples in total.",
                                steps + "That makes 12.",
                                steps + "Answer: 12"));
        Agreement units = Agreement.of(voices(steps + "It is 12 km.", steps + "It is 12 m."));
        Agreement several =
                Agreement.of(voices(steps + "So 12 of the 15.", steps + "So 12 of the 15 then."));

        assertThat(same.method()).isEqualTo("exact_match");
        assertThat(same.value()).isEqualTo(1);
        assertThat(units.method()).as("the units differ").isEqualTo("rouge_l");
        assertThat(several.method()).as("which number is meant?").isEqualTo("rouge_l");
    }

    @Test
    void otherTextsAreComparedByTheirWords() {
        String other = ESSAY.replace("Seven million people visit it", "Many tourists climb it");
        String apart =
                "Bread is made of flour, water and salt, and wants some hours to rise before baking.";

        Agreement agreement = Agreement.of(voices(apart, ESSAY, other));

        assertThat(agreement.method()).isEqualTo("rouge_l");
        assertThat(agreement.medoidStage()).isEqualTo("s2");
        assertThat(agreement.majorityStage()).isEmpty();
        assertThat(agreement.majorityShare()).isEqualTo(1 / 3.0);
        double near = likeness(ESSAY, other);
        assertThat(near).isGreaterThan(0.8);
        assertThat(agreement.value())
                .isEqualTo(
                        (near + likeness(ESSAY, apart) + likeness(other, apart)) / 3, within(1e-9));
    }

    @Test
    void whatMostSayIsAgreedAndWhatOneSaysIsFlagged() {
        String other =
                "For the world fair the tower was built in 1889. It stands in Paris near the river"
                        + " Seine. Painting takes sixty tonnes of paint.";
        String third = "It stands near the river Seine in Paris. The tower was built in 1889.";

        Agreement agreement = Agreement.of(voices(ESSAY, other, third));

        assertThat(agreement.agreedPoints())
                .contains("It stands in Paris near the river Seine.")
                .doesNotContain("Seven million people visit it every year.");
        assertThat(agreement.flaggedPoints())
                .containsExactlyInAnyOrder(
                        "Seven million people visit it every year.",
                        "Painting takes sixty tonnes of paint.");
        assertThat(agreement.conflicts()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "The tower was built in 1889 for | The tower was built in 1887 for",
                "It stands in Paris near | It stands in Lyon near",
                "It stands in Paris | It does not stand in Paris",
                "Seven million people visit it | Seven million people never visit it",
                "people visit it | people don't visit it",
            })
    void theSameWithAnotherNumberNameOrSignIsAConflict(String text, String against) {
        Agreement agreement = Agreement.of(voices(ESSAY, ESSAY.replace(text, against), ESSAY));

        assertThat(agreement.conflicts()).hasSize(1);
        List<Position> positions = agreement.conflicts().getFirst().positions();
        assertThat(positions).extracting(Position::stage).containsExactly("s1", "s2", "s3");
        assertThat(positions.get(0).text()).contains(text);
        assertThat(positions.get(1).text()).contains(against);
        assertThat(agreement.agreedPoints()).noneMatch(point -> point.contains(text));
    }

    @Test
    void aConflictSaysWhatItIsAboutAndWhoSaysWhat() {
        String before = "All about the tower, in plain words and at some length.\n";

        Agreement agreement =
                Agreement.of(
                        voices(
                                before + "The tower is 324 metres tall.\nIt is of iron.",
                                before + "The tower is 330 metres tall.\nIt is of iron.",
                                before + "The tower is 312 metres tall.\nIt is of iron."));

        assertThat(agreement.conflicts())
                .containsExactly(
                        new Conflict(
                                "the tower is metres tall",
                                List.of(
                                        new Position("m1", "s1", "The tower is 324 metres tall."),
                                        new Position("m2", "s2", "The tower is 330 metres tall."),
                                        new Position(
                                                "m3", "s3", "The tower is 312 metres tall."))));
    }

    @Test
    void moreDetailIsNoConflictNorIsTheNextStepOfAList() {
        String list =
                "Here is how it is done, step after step.\nIn step 1 take 2 eggs.\n"
                        + "In step 2 take 3 eggs.\nIn step 3 take 4 eggs.";

        String longer = list + "\nIn step 4 take 5 eggs.\nThen let it all rest.";

        assertThat(Agreement.of(voices(list, list)).conflicts()).isEmpty();
        assertThat(Agreement.of(voices(list + "\nThen let it all rest.", longer)).conflicts())
                .isEmpty();
        assertThat(
                        Agreement.of(
                                        voices(
                                                ESSAY,
                                                ESSAY.replace(
                                                        "world fair", "world fair of 12 May")))
                                .conflicts())
                .isEmpty();
    }

    @Test
    void pointsAndConflictsAreBounded() {
        String text =
                IntStream.range(0, 40)
                        .mapToObj(i ->
                                "Thing %s weighs %d grams on the kitchen scale. "
                                        .formatted("x".repeat(i + 1), 100 + i))
                        .reduce("", String::concat);
        String against = text.replace(" grams", "7 grams");
        String apart =
                IntStream.range(0, 40)
                        .mapToObj(i -> ("word" + i + " ").repeat(300) + ". ")
                        .reduce("", String::concat);

        Agreement agreement = Agreement.of(voices(text, against, apart));

        assertThat(agreement.conflicts()).hasSize(10);
        assertThat(Agreement.of(voices(text, against)).agreedPoints())
                .as("a contradiction past the tenth is no agreement either")
                .isEmpty();
        assertThat(agreement.flaggedPoints()).hasSize(10);
        assertThat(agreement.flaggedPoints()).allMatch(point -> point.length() <= 240);
        assertThat(Agreement.of(voices(text, text)).agreedPoints()).hasSize(10);
    }

    @Test
    void oneVoiceAgreesWithItself() {
        for (String text : List.of("", "42", ESSAY)) {
            Agreement agreement = Agreement.of(voices(text));

            assertThat(agreement.value()).isEqualTo(1);
            assertThat(agreement.medoidStage()).isEqualTo("s1");
            assertThat(agreement.majorityStage()).contains("s1");
            assertThat(agreement.agreedPoints()).isEmpty();
            assertThat(agreement.flaggedPoints()).isEmpty();
            assertThat(agreement.conflicts()).isEmpty();
        }
    }

    @Test
    void theNumberOfVoicesIsBounded() {
        String[] seventeen = new String[17];
        Arrays.fill(seventeen, "a");

        assertThatThrownBy(() -> Agreement.of(List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("voices must be 1 to 16, were 0");
        assertThatThrownBy(() -> Agreement.of(voices(seventeen)))
                .hasMessage("voices must be 1 to 16, were 17");
        assertThat(Agreement.of(voices(Arrays.copyOf(seventeen, 16))).value()).isEqualTo(1);
    }

    @Test
    void ofEqualVoicesTheFirstIsTaken() {
        var voices = new ArrayList<>(voices(ESSAY, ESSAY, ESSAY));
        assertThat(Agreement.of(voices).medoidStage()).isEqualTo("s1");
        assertThat(Agreement.of(voices).majorityStage()).contains("s1");

        Collections.reverse(voices);
        assertThat(Agreement.of(voices).medoidStage()).isEqualTo("s3");
    }

    static List<Voice> voices(String... texts) {
        return IntStream.range(0, texts.length)
                .mapToObj(i -> new Voice("s" + (i + 1), "m" + (i + 1), texts[i]))
                .toList();
    }

    private static double likeness(String one, String other) {
        return Agreement.of(voices(one, other)).value();
    }
}
