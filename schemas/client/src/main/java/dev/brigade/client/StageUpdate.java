package dev.brigade.client;

/**
 * What happened to the draft of a stage. All texts of a stage since its last restart are its draft;
 * they are of one attempt and without gaps. Where chunks are missing, or open streams keep too much
 * already, a draft ends early.
 */
public sealed interface StageUpdate {

    /** The stage, such as {@code draft}, {@code critique-1} or {@code item-17}. */
    String stage();

    /** Model that works on it. */
    String model();

    /**
     * Text to append.
     *
     * @param text never empty
     */
    record Text(String stage, String model, String text) implements StageUpdate {}

    /** Another attempt begins: the stage's text so far is forgotten. */
    record Restarted(String stage, String model) implements StageUpdate {}

    /** The stage was undone: its text is taken back. */
    record Retracted(String stage, String model) implements StageUpdate {}
}
