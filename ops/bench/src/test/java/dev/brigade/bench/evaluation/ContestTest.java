package dev.brigade.bench.evaluation;

import static dev.brigade.bench.evaluation.TestingAnswering.failed;
import static dev.brigade.bench.evaluation.TestingAnswering.said;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.brigade.bench.evaluation.questions.AnswerKind;
import dev.brigade.bench.evaluation.questions.Question;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class ContestTest {

    private static final Target PRESET = new Target.OfPreset("D2");
    private static final Question QUESTION = question(1);

    @Test
    void theExaminedOneIsAskedFirstAndItsTokensAreWhatSamplesMayCost() throws InterruptedException {
        TestingAnswering answering =
                new TestingAnswering(
                        call -> call.target().equals(PRESET) ? said("7", 100) : said("8", 50));
        Comparison comparison = contest(answering).compare(QUESTION);
        assertThat(answering.calls().stream().map(Call::target))
                .containsExactly(
                        PRESET,
                        new Target.OfModel("phi-4"),
                        new Target.OfModel("phi-4"),
                        new Target.OfModel("phi-4"));
        assertThat(answering.calls().getFirst().temperature()).isEmpty();
        assertThat(answering.calls().getLast().temperature()).isEqualTo(OptionalDouble.of(0));
        assertThat(comparison.examined().right()).isTrue();
        assertThat(comparison.selfConsistency().calls()).isEqualTo(2);
        assertThat(comparison.ahead(Contestant.SELF_CONSISTENCY)).isEqualTo(1);
        assertThat(comparison.ahead(Contestant.SINGLE)).isEqualTo(1);
    }

    @Test
    void aFailureIsWrongAndItsTokensAreTheBudgetAllTheSame() throws InterruptedException {
        TestingAnswering answering =
                new TestingAnswering(call ->
                        call.target().equals(PRESET)
                                ? failed("deadline_exceeded", 120)
                                : said("7", 60));
        Comparison comparison = contest(answering).compare(QUESTION);
        assertThat(comparison.examined().failure()).contains("deadline_exceeded");
        assertThat(comparison.examined().right()).isFalse();
        assertThat(comparison.selfConsistency().calls()).isEqualTo(2);
        assertThat(comparison.ahead(Contestant.SINGLE)).isEqualTo(-1);
    }

    @Test
    void seedsFollowFromTheQuestionAndTheRunsSeed() throws InterruptedException {
        TestingAnswering one = new TestingAnswering(call -> said("7", 10));
        contest(one).compare(QUESTION);
        contest(one).compare(question(2));
        TestingAnswering again = new TestingAnswering(call -> said("7", 10));
        contest(again).compare(QUESTION);
        assertThat(again.calls()).isEqualTo(one.calls().subList(0, 3));
        assertThat(one.calls().get(3).seed()).isNotEqualTo(one.calls().getFirst().seed());
    }

    @Test
    void everyQuestionIsComparedOnceAndTheyAreInOrder() throws InterruptedException {
        List<Question> questions = IntStream.range(0, 50).mapToObj(ContestTest::question).toList();
        TestingAnswering answering = new TestingAnswering(call -> said("7", 10));
        List<Comparison> seen = new ArrayList<>();
        List<Comparison> comparisons =
                new Evaluation(contest(answering), 8, seen::add, line -> {}, () -> 0)
                        .run(questions, Duration.ofMinutes(1));
        assertThat(comparisons.stream().map(Comparison::question)).isEqualTo(questions);
        assertThat(seen).containsExactlyInAnyOrderElementsOf(comparisons);
    }

    @Test
    void afterTheLimitNoQuestionIsBegun() throws InterruptedException {
        AtomicLong clock = new AtomicLong();
        TestingAnswering answering =
                new TestingAnswering(call -> {
                    clock.addAndGet(Duration.ofSeconds(8).toNanos());
                    return said("7", 10);
                });
        List<Comparison> comparisons =
                new Evaluation(contest(answering), 1, each -> {}, line -> {}, clock::get)
                        .run(
                                List.of(question(1), question(2), question(3), question(4)),
                                Duration.ofMinutes(1));
        assertThat(comparisons).hasSize(3);
    }

    @Test
    void theBaselineIsThePrimaryAmongTheModelsOfTheFirstAnswerElseTheFirst()
            throws InterruptedException {
        Answering answering =
                new TestingAnswering(call -> said("7", 10, "fast-1", "primary-2", "primary-1"));
        assertThat(model(answering, Set.of("primary-1", "primary-2"))).isEqualTo("primary-2");
        assertThat(model(answering, Set.of("other"))).isEqualTo("fast-1");
    }

    @Test
    void withoutAnyAnswerThereIsNothingToCompareWith() {
        Answering refusing = new TestingAnswering(call -> failed("preset_not_found", 0));
        assertThatThrownBy(() -> model(refusing, Set.of()))
                .isInstanceOf(EvaluationException.class)
                .hasMessage("preset D2 gives no answer: preset_not_found");
        Answering nameless = new TestingAnswering(call -> said("7", 10));
        assertThatThrownBy(() -> model(nameless, Set.of())).hasMessageContaining("--model");
    }

    private static String model(Answering answering, Set<String> primaries)
            throws InterruptedException {
        return new Baseline(answering, primaries).modelOf(PRESET, List.of(QUESTION), 1);
    }

    private static Contest contest(Answering answering) {
        return new Contest(answering, PRESET, "phi-4", 1);
    }

    private static Question question(int number) {
        return new Question("q-" + number, "sums", "What is 3 + 4?", "7", AnswerKind.NUMBER);
    }
}
