package dev.brigade.bench.evaluation;

import dev.brigade.bench.evaluation.questions.Question;
import java.util.Optional;

/**
 * Asks all contestants the same question: the examined one first, since its tokens are what
 * self-consistency may spend.
 */
final class Contest {

    private final Answering answering;
    private final Target examined;
    private final String model;
    private final SelfConsistency selfConsistency;
    private final long seed;

    /**
     * @param model of self-consistency and of the single call
     * @param seed from which every request's seed follows
     */
    Contest(Answering answering, Target examined, String model, long seed) {
        this.answering = answering;
        this.examined = examined;
        this.model = model;
        this.selfConsistency = new SelfConsistency(answering, model);
        this.seed = seed;
    }

    Comparison compare(Question question) throws InterruptedException {
        long own = seedOf(question);
        Outcome first = outcome(question, Call.of(question.text(), examined, own));
        Outcome samples = selfConsistency.answer(question, first.tokens(), own);
        Outcome greedy = outcome(question, Call.sample(question.text(), model, 0, own));
        return new Comparison(question, first, samples, greedy);
    }

    private Outcome outcome(Question question, Call call) throws InterruptedException {
        CallResult result = answering.ask(call);
        Optional<String> answer = result.text().flatMap(question::answerIn);
        return new Outcome(
                answer,
                answer.filter(question::isRight).isPresent(),
                1,
                result.promptTokens(),
                result.completionTokens(),
                result.millis(),
                result.failure());
    }

    /** 0 to 2³⁰, so that the next few are seeds for every engine as well. */
    private long seedOf(Question question) {
        return Math.floorMod(31 * seed + question.id().hashCode(), 1L << 30);
    }
}
