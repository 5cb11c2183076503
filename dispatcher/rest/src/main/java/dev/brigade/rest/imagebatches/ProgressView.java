package dev.brigade.rest.imagebatches;

import dev.brigade.client.BatchProgress;
import dev.brigade.schema.BatchSummary;
import org.jspecify.annotations.Nullable;

/**
 * How far a batch is.
 *
 * @param done images with a classification
 * @param failed images with an error
 * @param remainingMs time that the rest will take at this speed; null where that cannot be said
 */
record ProgressView(
        int done, int failed, int total, double imagesPerSecond, @Nullable Long remainingMs) {

    static ProgressView of(BatchProgress progress) {
        return new ProgressView(
                progress.done(),
                progress.failed(),
                progress.total(),
                progress.perSecond(),
                progress.remainingMs().isPresent() ? progress.remainingMs().getAsLong() : null);
    }

    /** Of a batch that has ended. */
    static ProgressView of(BatchSummary summary) {
        boolean whole = summary.getDone() + summary.getFailed() == summary.getTotal();
        return new ProgressView(
                summary.getDone(),
                summary.getFailed(),
                summary.getTotal(),
                summary.getPerSecond(),
                whole ? 0L : null);
    }
}
