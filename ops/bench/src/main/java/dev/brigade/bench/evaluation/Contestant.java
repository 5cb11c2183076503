package dev.brigade.bench.evaluation;

/** A way to answer that is compared. */
enum Contestant {
    /** The preset or mode that is examined. */
    EXAMINED,

    /** Several samples of one model, and the answer that most of them give. */
    SELF_CONSISTENCY,

    /** One greedy call of the same model. */
    SINGLE;

    /** Its name in results. */
    String wireName() {
        return switch (this) {
            case EXAMINED -> "examined";
            case SELF_CONSISTENCY -> "self_consistency";
            case SINGLE -> "single";
        };
    }
}
