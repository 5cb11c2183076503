package dev.brigade.dispatcher.plan;

/** Where a stage stands, as far as a plan cares. */
public enum Standing {
    /** Not begun. */
    NONE,
    /** Begun, and not over. */
    PENDING,
    /** It has a text. */
    DONE,
    /** It was given up. */
    LOST,
    /** It was left out. */
    SKIPPED
}
