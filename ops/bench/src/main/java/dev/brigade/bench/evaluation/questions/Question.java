package dev.brigade.bench.evaluation.questions;

import java.util.Optional;

/**
 * A question with a checkable answer.
 *
 * @param id unique in its set, 1 to 200 characters
 * @param group what it is about; accuracy is also told for each group
 * @param text what is asked, with the form in which the answer is wanted, 1 to 100,000 characters
 * @param answer the right answer, 1 to 10,000 characters; of kind REGEX a regular expression
 * @param kind how answers are compared
 */
public record Question(String id, String group, String text, String answer, AnswerKind kind) {

    private static final int MAX_ID = 200;
    private static final int MAX_TEXT = 100_000;
    private static final int MAX_ANSWER = 10_000;

    public Question {
        length("id", id, MAX_ID);
        length("group", group, MAX_ID);
        length("question", text, MAX_TEXT);
        length("answer", answer, MAX_ANSWER);
        if (kind.normal(answer).isEmpty()) {
            throw new IllegalArgumentException(
                    "answer must be of kind %s".formatted(kind.wireName()));
        }
    }

    /** The answer that a reply gives, in the form in which answers are compared. */
    public Optional<String> answerIn(String reply) {
        return kind.answer(reply);
    }

    /** Whether this, which {@link #answerIn} gave, is right. */
    public boolean isRight(String given) {
        return kind.matches(given, answer);
    }

    /** Whether the reply gives the right answer. */
    public boolean isAnsweredBy(String reply) {
        return answerIn(reply).filter(this::isRight).isPresent();
    }

    private static void length(String field, String value, int most) {
        if (value.isBlank() || value.length() > most) {
            throw new IllegalArgumentException(
                    "%s must be 1 to %d characters, not blank".formatted(field, most));
        }
    }
}
