package dev.brigade.dispatcher.agreement;

/**
 * A word, number, symbol, or a character of a script without spaces.
 *
 * @param form lower case; of a number without signs of grouping and zeros that say nothing
 * @param capital whether it was written with a capital
 */
record Word(String form, boolean number, boolean capital) {}
