package dev.brigade.bench.evaluation;

import dev.brigade.bench.figures.PairedDifference;
import java.util.Locale;

/** Whether the examined one is worth its tokens. */
enum Verdict {
    /** The whole interval of the difference is above nothing. */
    BEATS_SELF_CONSISTENCY,

    /** None of the interval is above nothing. */
    DOES_NOT_BEAT_SELF_CONSISTENCY,

    /** The interval holds both, or there were too few questions to say. */
    UNDECIDED;

    /** Fewer questions decide nothing. */
    static final int LEAST_QUESTIONS = 30;

    /**
     * Decides.
     *
     * @param difference of the share of right answers, examined less self-consistency
     */
    static Verdict of(PairedDifference difference, int questions) {
        if (questions < LEAST_QUESTIONS) {
            return UNDECIDED;
        }
        if (difference.interval().low() > 0) {
            return BEATS_SELF_CONSISTENCY;
        }
        return difference.interval().high() <= 0 ? DOES_NOT_BEAT_SELF_CONSISTENCY : UNDECIDED;
    }

    /** As it is printed. */
    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What {@code presets.yaml} says of it, which has no word for undecided. */
    String evidence() {
        return switch (this) {
            case BEATS_SELF_CONSISTENCY, DOES_NOT_BEAT_SELF_CONSISTENCY -> wireName();
            case UNDECIDED -> "unmeasured";
        };
    }
}
