package dev.brigade.bench.evaluation;

import dev.brigade.bench.evaluation.questions.Question;
import java.util.List;
import java.util.Set;

/**
 * Finds the model that the examined preset or mode is compared with: of the models that took part
 * in a first answer the first with the role primary, else the first. That answer is a warm-up and
 * is not counted.
 */
final class Baseline {

    private static final int TRIES = 3;

    private final Answering answering;
    private final Set<String> primaries;

    /**
     * @param primaries ids of the models with the role primary
     */
    Baseline(Answering answering, Set<String> primaries) {
        this.answering = answering;
        this.primaries = Set.copyOf(primaries);
    }

    /**
     * Asks until there is an answer.
     *
     * @throws EvaluationException with the error code when there is none
     */
    String modelOf(Target examined, List<Question> questions, long seed)
            throws InterruptedException {
        String failure = "no_answer";
        for (int i = 0; i < TRIES; i++) {
            Question question = questions.get(i % questions.size());
            CallResult result = answering.ask(Call.of(question.text(), examined, seed + i));
            if (result.text().isPresent()) {
                return primary(result.models());
            }
            failure = result.failure().orElse(failure);
        }
        throw new EvaluationException(
                "%s gives no answer: %s".formatted(examined.title(), failure));
    }

    private String primary(List<String> models) {
        if (models.isEmpty()) {
            throw new EvaluationException("the answer names no model: give one with --model");
        }
        return models.stream().filter(primaries::contains).findFirst().orElseGet(models::getFirst);
    }
}
