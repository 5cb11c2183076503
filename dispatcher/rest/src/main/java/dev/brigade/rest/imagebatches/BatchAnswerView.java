package dev.brigade.rest.imagebatches;

import dev.brigade.client.BatchAnswer;
import dev.brigade.schema.BatchSummary;
import dev.brigade.schema.ImageResult;
import java.util.List;

/** A whole batch in one answer, with its results in the order of its images. */
record BatchAnswerView(
        String id,
        List<ImageResultView> results,
        int totalImages,
        int successful,
        int failed,
        String modelId,
        double processingTimeSeconds,
        double imagesPerSecond) {

    static BatchAnswerView of(BatchAnswer answer, List<ImageResult> results) {
        BatchSummary summary = answer.summary();
        return new BatchAnswerView(
                answer.requestId(),
                results.stream().map(ImageResultView::of).toList(),
                summary.getTotal(),
                summary.getDone(),
                summary.getFailed(),
                answer.model(),
                summary.getSeconds(),
                summary.getPerSecond());
    }
}
