package dev.brigade.dispatcher.plan;

import java.util.List;

/**
 * What a judge said of a draft.
 *
 * @param points out of {@link #MOST_POINTS}
 * @param accepted whether a validator lets the draft pass; true for a critic, who only scores
 * @param remarks what is wrong, for who writes next
 */
record Judgement(int points, boolean accepted, List<String> remarks) {

    static final int MOST_POINTS = 10;

    Judgement {
        remarks = List.copyOf(remarks);
    }

    /** From 0 to 1. */
    double score() {
        return points / (double) MOST_POINTS;
    }

    /** The remarks as a list for the next stage. */
    String text() {
        return remarks.isEmpty() ? "- no remark" : "- " + String.join("\n- ", remarks);
    }
}
