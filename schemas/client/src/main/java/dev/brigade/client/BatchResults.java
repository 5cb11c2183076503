package dev.brigade.client;

import dev.brigade.schema.Reply;
import java.util.Optional;

/**
 * What was read of a batch's results.
 *
 * @param nextPart number of the part behind the last that was read
 * @param ended the terminal, where the batch has ended: then these are all its results
 */
public record BatchResults(int nextPart, Optional<Reply> ended) {}
