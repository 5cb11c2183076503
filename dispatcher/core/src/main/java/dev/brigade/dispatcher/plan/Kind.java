package dev.brigade.dispatcher.plan;

import java.util.Locale;

/** What a stage does. */
public enum Kind {
    /** Writes an answer, or a draft of one. */
    GENERATE,
    /** Judges a draft, in a JSON schema. */
    JUDGE,
    /** Makes one answer of a debate's. */
    RECONCILE,
    /** Makes one answer of an ensemble's. */
    SYNTHESISE;

    /** The contract's name. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
