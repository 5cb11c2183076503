package dev.brigade.client;

import java.util.Optional;

/**
 * What the log says of a batch.
 *
 * @param request open, or ended with its terminal
 * @param progress the newest that was told within the last hour, else what its results say; empty
 *     while there are no results, and for a batch that has ended
 */
public record BatchState(RequestState request, Optional<BatchProgress> progress) {}
