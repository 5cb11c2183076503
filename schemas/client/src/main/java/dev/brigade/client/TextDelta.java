package dev.brigade.client;

/**
 * A piece of an answer.
 *
 * @param text text to append; never empty
 * @param cursor length of the answer so far with this piece, in UTF-16 code units (Java's {@code
 *     length()}); give it to {@link BrigadeClient#follow} to go on behind this piece
 */
public record TextDelta(String text, long cursor) {}
