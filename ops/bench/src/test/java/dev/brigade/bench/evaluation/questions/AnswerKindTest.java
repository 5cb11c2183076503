package dev.brigade.bench.evaluation.questions;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AnswerKindTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Tuesday",
                "tuesday.",
                "**Tuesday**",
                "Answer: Tuesday",
                "**Answer:** Tuesday.",
                "The 3rd is a Monday.\nAnswer: \"Tuesday\"",
                "Answer:\n\nTuesday\n\nThat is because of the leap year.",
                "Answer: Monday. No, I was wrong.\nAnswer: Tuesday",
                "The answer is Tuesday.",
                "<think>Answer: Monday? Hm.</think>\nAnswer: Tuesday",
                "so Answer: Monday ... wait</think>Tuesday",
                "We count from Monday.\n\n\\boxed{Tuesday}",
            })
    void aPhraseIsTakenFromBehindTheMarkOrFromTheLastLine(String reply) {
        assertThat(given(AnswerKind.EXACT, reply, "Tuesday")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "   \n ",
                "Monday",
                "Tuesday or Wednesday",
                "Answer: Monday, not Tuesday",
                "Answer: Tuesday\nAnswer: Monday",
                "Tuesday\nMonday",
                "not Tuesday",
                "Tuesdays",
                "It is Tuesday, I think.",
                "<think>Answer: Tuesday</think>",
                "<think>Answer: Tuesday and then the tokens end",
                "End with a line of the form: Answer: <word>",
            })
    void aPhraseWithAnythingAroundItIsNoAnswer(String reply) {
        assertThat(given(AnswerKind.EXACT, reply, "Tuesday")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1234",
                "1,234",
                "1234.0",
                "0001234",
                "600 + 634 = 1234.",
                "The two terms are 600 and 634, so it is 1234",
                "Answer: 1,234 apples",
                "**Answer:** 1234.00",
                "Answer: 600 + 634 = 1234",
                "The answer is $1234.",
                "\\boxed{1234}",
                "Answer: 12\nSorry, once more. Answer: 1234",
            })
    void aNumberIsTheOnlyOneBehindTheMarkOrTheLastOne(String reply) {
        assertThat(given(AnswerKind.NUMBER, reply, "1234")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no idea",
                "-1234",
                "123",
                "12345",
                "1234 or 1235",
                "Answer: 1234 or 1235",
                "Answer: not 1234",
                "The answer isn't 1235 but not 1234 either; Answer: I don't know 1234",
                "Answer: 1234\nAnswer: 99",
                "<think>1234</think>",
                "x1234",
                "1234.5",
                "3.1234",
                "Answer: <number>",
            })
    void aNumberThatIsAnotherOrOneOfTwoIsWrong(String reply) {
        assertThat(given(AnswerKind.NUMBER, reply, "1234")).isFalse();
    }

    @Test
    void aMinusBelongsToANumberUnlessSomethingStandsBeforeItToSubtractFrom() {
        assertThat(given(AnswerKind.NUMBER, "3 - 10 = -7", "-7")).isTrue();
        assertThat(given(AnswerKind.NUMBER, "Answer: −7", "-7")).isTrue();
        assertThat(given(AnswerKind.NUMBER, "10-3", "3")).isTrue();
        assertThat(given(AnswerKind.NUMBER, "10 -3", "3")).isTrue();
        assertThat(given(AnswerKind.NUMBER, "-0", "0")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "fig, kiwi, plum",
                "Fig, Kiwi and Plum.",
                "fig, kiwi, and plum",
                "[\"fig\", \"kiwi\", \"plum\"]",
                "Answer: fig; kiwi; plum",
                "Answer:\n- fig\n- kiwi\n- plum",
                "Answer:\nfig\nkiwi\nplum\n\nThat was easy.",
                "Here they are:\n1. fig\n2. kiwi\n3. plum",
                "Sorted: fig, kiwi, plum",
            })
    void aListIsItsItemsInOrder(String reply) {
        assertThat(given(AnswerKind.LIST, reply, "fig, kiwi, plum")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "kiwi, fig, plum",
                "fig, kiwi",
                "fig, kiwi, plum, plum",
                "fig kiwi plum",
                "fig, kiwi, plum or plum, kiwi, fig",
                "Answer: fig\nkiwi\nplum",
                "fig, kiwi, plum\nI hope that helps.",
            })
    void aListWithOtherItemsOrAnotherOrderIsWrong(String reply) {
        assertThat(given(AnswerKind.LIST, reply, "fig, kiwi, plum")).isFalse();
    }

    @Test
    void numbersInListsAreComparedAsNumbers() {
        assertThat(given(AnswerKind.LIST, "[-3, 04, 10.0]", "-3, 4, 10")).isTrue();
        assertThat(given(AnswerKind.LIST, "1. -3\n2. 4\n3. 10", "-3, 4, 10")).isTrue();
        assertThat(given(AnswerKind.LIST, "-3, 4", "3, 4")).isFalse();
    }

    @Test
    void aRegularExpressionMatchesTheWholeAnswer() {
        String date = "2024-03-0?1|March 1(st)?, 2024";
        assertThat(given(AnswerKind.REGEX, "Answer: 2024-03-01", date)).isTrue();
        assertThat(given(AnswerKind.REGEX, "It is a Friday.\nMARCH 1ST, 2024.", date)).isTrue();
        assertThat(given(AnswerKind.REGEX, "2024-03-011", date)).isFalse();
        assertThat(given(AnswerKind.REGEX, "2024-03-01 or 2024-03-02", date)).isFalse();
        assertThat(given(AnswerKind.REGEX, "", ".*")).isFalse();
    }

    @Test
    void aSentenceContainsAPhraseAsWholeWordsThatAreNotDenied() {
        assertThat(given(AnswerKind.CONTAINS, "The capital is New  Delhi.", "New Delhi")).isTrue();
        assertThat(given(AnswerKind.CONTAINS, "NEW DELHI", "New Delhi")).isTrue();
        assertThat(given(AnswerKind.CONTAINS, "It is Rome. Answer: Paris", "Rome")).isFalse();
        assertThat(given(AnswerKind.CONTAINS, "Romeo", "Rome")).isFalse();
        assertThat(given(AnswerKind.CONTAINS, "not Rome", "Rome")).isFalse();
        assertThat(given(AnswerKind.CONTAINS, "", "Rome")).isFalse();
        assertThat(given(AnswerKind.CONTAINS, "<think>Rome</think>Paris", "Rome")).isFalse();
    }

    @Test
    void aKindIsFoundByItsNameInFiles() {
        assertThat(AnswerKind.named("regex")).contains(AnswerKind.REGEX);
        assertThat(AnswerKind.named("REGEX")).isEmpty();
        assertThat(AnswerKind.LIST.wireName()).isEqualTo("list");
    }

    private static boolean given(AnswerKind kind, String reply, String wanted) {
        return new Question("q-1", "test", "?", wanted, kind).isAnsweredBy(reply);
    }
}
