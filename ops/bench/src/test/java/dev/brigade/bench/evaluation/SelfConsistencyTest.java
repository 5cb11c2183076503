package dev.brigade.bench.evaluation;

import static dev.brigade.bench.evaluation.TestingAnswering.failed;
import static dev.brigade.bench.evaluation.TestingAnswering.said;
import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.bench.evaluation.questions.AnswerKind;
import dev.brigade.bench.evaluation.questions.Question;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

final class SelfConsistencyTest {

    private static final Question QUESTION =
            new Question("q", "sums", "What is 3 + 4?", "7", AnswerKind.NUMBER);

    @Test
    void samplesAreDrawnUntilTheirTokensReachTheBudget() throws InterruptedException {
        TestingAnswering answering = new TestingAnswering(call -> said("7", 30));
        assertThat(answer(answering, 90).calls()).isEqualTo(3);
        assertThat(answer(answering, 91).calls()).isEqualTo(4);
        assertThat(answer(answering, 91).tokens()).isEqualTo(120);
    }

    @Test
    void thereIsOneSampleWhateverTheOtherSpent() throws InterruptedException {
        Outcome outcome = answer(new TestingAnswering(call -> said("7", 30)), 0);
        assertThat(outcome.calls()).isEqualTo(1);
        assertThat(outcome.right()).isTrue();
    }

    @Test
    void everySampleIsOneWarmCallOfTheModelWithASeedOfItsOwn() throws InterruptedException {
        TestingAnswering answering = new TestingAnswering(call -> said("7", 30));
        answer(answering, 60);
        assertThat(answering.calls())
                .containsExactly(
                        new Call(
                                "What is 3 + 4?",
                                new Target.OfModel("phi-4"),
                                OptionalDouble.of(0.8),
                                100),
                        new Call(
                                "What is 3 + 4?",
                                new Target.OfModel("phi-4"),
                                OptionalDouble.of(0.8),
                                101));
    }

    @Test
    void theAnswerOfMostSamplesWinsInWhateverFormItIsGiven() throws InterruptedException {
        Outcome outcome =
                answer(inTurn(said("8", 10), said("Answer: 7", 10), said("It is 7.0.", 10)), 30);
        assertThat(outcome.answer()).contains("7");
        assertThat(outcome.right()).isTrue();
    }

    @Test
    void ofEqualVotesTheFirstGivenWins() throws InterruptedException {
        assertThat(answer(inTurn(said("8", 10), said("7", 10)), 20).answer()).contains("8");
        assertThat(answer(inTurn(said("7", 10), said("8", 10)), 20).right()).isTrue();
    }

    @Test
    void aSampleWithoutAnAnswerOrThatFailsHasNoVoteButCosts() throws InterruptedException {
        Outcome outcome =
                answer(
                        inTurn(
                                said("no idea", 10),
                                failed("engine_crashed", 5),
                                said("no idea", 10),
                                said("7", 10)),
                        35);
        assertThat(outcome)
                .isEqualTo(new Outcome(Optional.of("7"), true, 4, 17, 18, 40, Optional.empty()));
    }

    @Test
    void afterThreeFailuresItGivesUpAndNamesTheFirst() throws InterruptedException {
        Outcome outcome = answer(inTurn(failed("a", 0), failed("b", 0), failed("c", 0)), 1_000);
        assertThat(outcome.calls()).isEqualTo(SelfConsistency.MOST_FAILURES);
        assertThat(outcome.failure()).contains("a");
        assertThat(outcome.right()).isFalse();
    }

    @Test
    void theNumberOfSamplesIsBounded() throws InterruptedException {
        assertThat(answer(new TestingAnswering(call -> said("7", 4)), 1_000_000).calls())
                .isEqualTo(SelfConsistency.MOST_SAMPLES);
    }

    private static Outcome answer(Answering answering, int tokens) throws InterruptedException {
        return new SelfConsistency(answering, "phi-4").answer(QUESTION, tokens, 100);
    }

    private static TestingAnswering inTurn(CallResult... results) {
        Deque<CallResult> left = new ArrayDeque<>(List.copyOf(Arrays.asList(results)));
        return new TestingAnswering(call -> left.removeFirst());
    }
}
