package dev.brigade.bench.generation;

/**
 * One answer.
 *
 * @param tokens generated, as the engine counted them
 * @param firstTextNanos from before the call to the first piece of text
 */
record Generated(String text, int tokens, long firstTextNanos) {}
