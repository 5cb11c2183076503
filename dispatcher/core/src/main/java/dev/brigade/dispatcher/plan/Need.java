package dev.brigade.dispatcher.plan;

/** What the loss of a stage means, and with that how time and tokens are kept for it. */
public enum Need {
    /** Without it there is no answer. What comes before always leaves it its share. */
    REQUIRED,
    /**
     * Without it the answer is a lesser one. What comes before leaves it its share, unless it needs
     * a second try itself.
     */
    WANTED,
    /** It runs only where earlier stages like it show that it fits; nothing is kept for it. */
    OPTIONAL
}
