package dev.brigade.rest.batches;

/**
 * A line that is not blank.
 *
 * @param index place among those, from 0
 * @param number number in the file, from 1, blank ones counted
 */
record InputLine(int index, int number, byte[] bytes) {}
