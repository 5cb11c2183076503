package dev.brigade.dispatcher.agreement;

/**
 * One of several answers.
 *
 * @param stage that wrote it, unique among the voices
 * @param model that wrote it
 */
public record Voice(String stage, String model, String text) {}
