package dev.brigade.client;

import java.util.Optional;

/**
 * What the log says of a batch.
 *
 * @param request open, or ended with its terminal
 * @param progress the newest that is kept; empty where nothing was told within the last hour, and
 *     for a batch that has ended
 */
public record BatchState(RequestState request, Optional<BatchProgress> progress) {}
