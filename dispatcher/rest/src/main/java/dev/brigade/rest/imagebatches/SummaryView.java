package dev.brigade.rest.imagebatches;

import dev.brigade.schema.BatchSummary;
import java.util.Map;
import java.util.TreeMap;

/**
 * How the images of a batch ended, all together; of one that did not complete, those that were done
 * by then.
 *
 * @param labels how many images have each label
 */
record SummaryView(
        int totalImages,
        int successful,
        int failed,
        Map<String, Long> labels,
        double processingTimeSeconds,
        double imagesPerSecond) {

    static SummaryView of(BatchSummary summary) {
        return new SummaryView(
                summary.getTotal(),
                summary.getDone(),
                summary.getFailed(),
                new TreeMap<>(summary.getLabels()),
                summary.getSeconds(),
                summary.getPerSecond());
    }
}
