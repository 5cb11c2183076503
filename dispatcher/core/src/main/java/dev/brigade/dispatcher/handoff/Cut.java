package dev.brigade.dispatcher.handoff;

/**
 * What was left out of a prompt so that it fits.
 *
 * @param section name of the sections
 * @param fromTokens of all their texts, estimated
 * @param toTokens of what is shown of them, estimated; 0 where nothing is
 */
public record Cut(String section, int fromTokens, int toTokens) {}
