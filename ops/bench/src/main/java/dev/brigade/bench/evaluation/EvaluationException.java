package dev.brigade.bench.evaluation;

/** There is nothing to compare; the message says why, for people. */
final class EvaluationException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    EvaluationException(String message) {
        super(message);
    }
}
