package dev.brigade.bench.evaluation;

import dev.brigade.bench.evaluation.questions.Question;

/** How all contestants fared with one question. */
record Comparison(Question question, Outcome examined, Outcome selfConsistency, Outcome single) {

    Outcome of(Contestant contestant) {
        return switch (contestant) {
            case EXAMINED -> examined;
            case SELF_CONSISTENCY -> selfConsistency;
            case SINGLE -> single;
        };
    }

    /** 1 when the examined one alone was right, -1 when the other alone was, else 0. */
    double ahead(Contestant other) {
        return value(examined) - value(of(other));
    }

    private static double value(Outcome outcome) {
        return outcome.right() ? 1 : 0;
    }
}
