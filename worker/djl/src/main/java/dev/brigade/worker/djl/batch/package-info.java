/**
 * Puts calls of many callers together, so that the model runs a few at once. What runs when is
 * decided by {@link dev.brigade.worker.djl.batch.Backlog}, which knows no thread and no clock;
 * {@link dev.brigade.worker.djl.batch.Batcher} has both.
 */
@NullMarked
package dev.brigade.worker.djl.batch;

import org.jspecify.annotations.NullMarked;
