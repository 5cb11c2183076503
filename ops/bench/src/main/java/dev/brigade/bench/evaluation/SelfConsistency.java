package dev.brigade.bench.evaluation;

import dev.brigade.bench.evaluation.questions.Question;
import java.util.Optional;

/**
 * Several samples of one model, and the answer that most of them give. Samples are drawn one after
 * another until their tokens reach a budget, so that the last one may exceed it: what it costs more
 * is to its own advantage and to nobody else's.
 */
final class SelfConsistency {

    static final double TEMPERATURE = 0.8;
    static final int MOST_SAMPLES = 64;
    static final int MOST_FAILURES = 3;

    private final Answering answering;
    private final String model;

    SelfConsistency(Answering answering, String model) {
        this.answering = answering;
        this.model = model;
    }

    /**
     * Answers a question with at least one sample.
     *
     * @param tokens what the other spent on this question
     * @param seed of the first sample; later ones have the next
     */
    Outcome answer(Question question, int tokens, long seed) throws InterruptedException {
        Drawing drawing = new Drawing(question);
        do {
            Call call = Call.sample(question.text(), model, TEMPERATURE, seed + drawing.samples);
            drawing.take(answering.ask(call));
        } while (drawing.spent() < tokens
                && drawing.samples < MOST_SAMPLES
                && drawing.failures < MOST_FAILURES);
        return drawing.outcome();
    }

    /** The samples of one question so far. */
    private static final class Drawing {

        private final Question question;
        private final Vote vote = new Vote();
        private int samples;
        private int failures;
        private int promptTokens;
        private int completionTokens;
        private long millis;
        private Optional<String> firstFailure = Optional.empty();

        Drawing(Question question) {
            this.question = question;
        }

        void take(CallResult result) {
            samples++;
            promptTokens += result.promptTokens();
            completionTokens += result.completionTokens();
            millis += result.millis();
            result.text().flatMap(question::answerIn).ifPresent(vote::add);
            if (result.failure().isPresent()) {
                failures++;
                firstFailure = firstFailure.or(result::failure);
            }
        }

        int spent() {
            return promptTokens + completionTokens;
        }

        Outcome outcome() {
            Optional<String> answer = vote.winner();
            return new Outcome(
                    answer,
                    answer.filter(question::isRight).isPresent(),
                    samples,
                    promptTokens,
                    completionTokens,
                    millis,
                    failures == samples ? firstFailure : Optional.empty());
        }
    }
}
