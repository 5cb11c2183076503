package dev.brigade.bench.evaluation.questions;

/**
 * A question that is not part of a set yet.
 *
 * @param text what is asked, with the form in which the answer is wanted
 * @param answer the right answer
 * @param kind how answers are compared
 */
record Draft(String text, String answer, AnswerKind kind) {

    /** One whose answer ends with a marked line, so that a model may think aloud before it. */
    static Draft marked(String asked, String form, String answer, AnswerKind kind) {
        return new Draft(
                "%s End your reply with a line of the form: Answer: <%s>".formatted(asked, form),
                answer,
                kind);
    }

    static Draft number(String asked, long answer) {
        return marked(asked, "number", Long.toString(answer), AnswerKind.NUMBER);
    }
}
