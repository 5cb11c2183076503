package dev.brigade.bench.evaluation.questions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

final class GeneratedSetTest {

    private static final List<Question> SET = GeneratedSet.of(7, 1_200);

    @Test
    void theSameSeedGivesTheSameQuestionsAndAnotherSeedOthers() {
        assertThat(GeneratedSet.of(7, 1_200)).isEqualTo(SET);
        assertThat(GeneratedSet.of(8, 1_200)).isNotEqualTo(SET);
    }

    @Test
    void aLargerSetBeginsWithTheSmallerOne() {
        assertThat(GeneratedSet.of(7, 60)).isEqualTo(SET.subList(0, 60));
    }

    @Test
    void idsAndQuestionsAreUniqueAndEveryGroupTakesTurns() {
        assertThat(SET.stream().map(Question::id)).doesNotHaveDuplicates();
        assertThat(SET.stream().map(Question::text)).doesNotHaveDuplicates();
        assertThat(SET.subList(0, 6).stream().map(Question::group))
                .containsExactly(
                        "arithmetic", "dates", "strings", "lists", "lookup", "trained-facts");
    }

    @Test
    void everyQuestionSaysTheFormOfItsAnswerAndAcceptsItInThatForm() {
        for (Question question : SET) {
            assertThat(question.text())
                    .matches(text ->
                            text.contains("Answer: <")
                                    || text.contains("number only")
                                    || text.contains("brief"));
            assertThat(question.isAnsweredBy("Answer: " + question.answer())).isTrue();
            assertThat(question.isAnsweredBy("Let me see.\n" + question.answer() + ".")).isTrue();
        }
    }

    /** An echo of the question must not count, or a model that repeats it would be right. */
    @Test
    void noQuestionAcceptsItselfOrNothingAsItsAnswer() {
        for (Question question : SET) {
            assertThat(question.isAnsweredBy(question.text())).as(question.id()).isFalse();
            assertThat(question.isAnsweredBy("")).as(question.id()).isFalse();
            assertThat(question.isAnsweredBy("I do not know.")).as(question.id()).isFalse();
        }
    }

    @Test
    void noAnswerOfAGroupIsRightForMoreThanAFewOfItsOtherQuestions() {
        List<Question> numbers = of("arithmetic");
        for (Question question : numbers.subList(0, 20)) {
            long right =
                    numbers.stream().filter(other -> other.isAnsweredBy(question.answer())).count();
            assertThat(right).isLessThan(numbers.size() / 5);
        }
    }

    @Test
    void sumsAreRight() {
        Pattern sum = Pattern.compile("What is (\\d+) ([-+*]) (\\d+)\\?");
        Set<String> signs = new HashSet<>();
        for (Question question : of("arithmetic")) {
            sum.matcher(question.text())
                    .results()
                    .forEach(match -> {
                        signs.add(match.group(2));
                        assertThat(question.answer()).isEqualTo(Integer.toString(result(match)));
                    });
        }
        assertThat(signs).containsExactlyInAnyOrder("+", "-", "*");
    }

    @Test
    void knownDaysOfTheWeekAreRight() {
        Pattern weekday = Pattern.compile("Which day of the week is (\\S+)\\?.*");
        List<Question> asked =
                of("dates").stream().filter(q -> weekday.matcher(q.text()).matches()).toList();
        assertThat(asked).isNotEmpty();
        assertThat(Arrays.stream(DayOfWeek.values()).map(DayOfWeek::name).toList())
                .containsAll(asked.stream().map(q -> q.answer().toUpperCase(Locale.ROOT)).toList());
        Question first = asked.getFirst();
        LocalDate date = LocalDate.parse(first.text().substring(25, 35));
        assertThat(zeller(date)).isEqualTo(first.answer());
    }

    @Test
    void aSortedListHoldsTheNumbersOfItsQuestionInOrder() {
        Question sort =
                of("lists").stream()
                        .filter(q -> q.text().startsWith("Sort"))
                        .findFirst()
                        .orElseThrow();
        List<Integer> sorted =
                Arrays.stream(sort.answer().split(", ")).map(Integer::valueOf).toList();
        assertThat(sorted).isSorted().hasSizeBetween(5, 7);
        sorted.forEach(number -> assertThat(sort.text()).contains(number.toString()));
    }

    @Test
    void everyTrainedFactIsOneOfTheCorpusAndItsAnswerThereHoldsTheKey() {
        assertThat(TrainedFacts.keys().keySet()).containsAll(TrainedFacts.named());
        assertThat(TrainedFacts.keys()).hasSizeGreaterThan(30);
        TrainedFacts.keys()
                .forEach((answer, key) -> {
                    Question question = new Question("q", "facts", "?", key, AnswerKind.CONTAINS);
                    assertThat(question.isAnsweredBy(answer)).as(answer).isTrue();
                });
        assertThat(of("trained-facts")).hasSizeGreaterThan(100);
    }

    @Test
    void aSizeOutOfBoundsIsRefused() {
        assertThatThrownBy(() -> GeneratedSet.of(1, 0)).hasMessageContaining("1 to 5000");
        assertThatThrownBy(() -> GeneratedSet.of(1, 5_001)).hasMessageContaining("not 5001");
        assertThat(GeneratedSet.of(1, 5_000)).hasSize(5_000);
    }

    private static List<Question> of(String group) {
        return SET.stream().filter(question -> question.group().equals(group)).toList();
    }

    private static int result(MatchResult match) {
        int a = Integer.parseInt(match.group(1));
        int b = Integer.parseInt(match.group(3));
        return switch (match.group(2)) {
            case "+" -> a + b;
            case "-" -> a - b;
            default -> a * b;
        };
    }

    /** By Zeller's congruence, so that the calendar is not checked by itself. */
    private static String zeller(LocalDate date) {
        int month = date.getMonthValue() < 3 ? date.getMonthValue() + 12 : date.getMonthValue();
        int year = date.getMonthValue() < 3 ? date.getYear() - 1 : date.getYear();
        int day =
                (date.getDayOfMonth()
                                + 13 * (month + 1) / 5
                                + year % 100
                                + year % 100 / 4
                                + year / 100 / 4
                                + 5 * (year / 100))
                        % 7;
        return List.of("Saturday", "Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
                .get(day);
    }
}
