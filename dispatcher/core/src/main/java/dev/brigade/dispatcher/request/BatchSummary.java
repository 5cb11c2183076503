package dev.brigade.dispatcher.request;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How the images of a batch ended, all together, or those that were done by the time it ended.
 *
 * @param total images in the batch; 0 where they were never counted
 * @param done with a classification
 * @param failed with an error
 * @param labels how many images have each label
 * @param seconds from the first part's dispatch to the last result
 * @param perSecond results a second in that time
 * @param parts how many {@code PublishResults} there were
 */
public record BatchSummary(
        int total,
        int done,
        int failed,
        SortedMap<String, Long> labels,
        double seconds,
        double perSecond,
        int parts) {

    public BatchSummary {
        labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
    }

    /** Of a batch that was never begun. */
    public static BatchSummary untouched(int total) {
        return new BatchSummary(total, 0, 0, new TreeMap<>(), 0, 0, 0);
    }
}
