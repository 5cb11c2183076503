package dev.brigade.worker.backend;

/** Takes text as it is generated. */
@FunctionalInterface
public interface TokenSink {

    /**
     * Takes the next piece; blocks while the reader is behind.
     *
     * @param text complete characters only; may be empty when a token has no text of its own
     * @param tokens generated tokens that the piece covers
     * @return whether to go on; false ends the generation as cancelled
     */
    boolean accept(String text, int tokens);
}
