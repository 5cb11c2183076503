package dev.brigade.client;

/**
 * How far the items of a map are.
 *
 * @param done items answered
 * @param failed items without an answer
 * @param total items in all
 */
public record MapProgress(int done, int failed, int total) {}
