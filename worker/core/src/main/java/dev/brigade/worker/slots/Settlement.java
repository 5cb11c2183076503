package dev.brigade.worker.slots;

/** What becomes of a delivery. */
public enum Settlement {
    /** Done with: its outcome is stored. */
    ACCEPT,
    /** Back to the group, which delivers it again. */
    RELEASE,
    /** Nothing: its lock is lost, and another delivery is under way. */
    FORGET
}
