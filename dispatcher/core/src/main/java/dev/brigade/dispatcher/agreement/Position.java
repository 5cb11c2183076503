package dev.brigade.dispatcher.agreement;

/**
 * What one voice says in a conflict.
 *
 * @param text at most 240 characters
 */
public record Position(String model, String stage, String text) {}
