package dev.brigade.standalone.classify;

import dev.brigade.client.BatchListener;
import dev.brigade.client.BatchProgress;
import dev.brigade.schema.ImageResult;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Shows a batch's progress and counts why images failed. Called by one thread at a time. */
final class BatchWatch implements BatchListener {

    private final ProgressLine line;
    private final Map<String, Integer> errors = new TreeMap<>();

    BatchWatch(ProgressLine line) {
        this.line = line;
    }

    @Override
    public void onProgress(BatchProgress progress) {
        line.batch(progress);
    }

    @Override
    public void onResults(List<ImageResult> results) {
        synchronized (errors) {
            for (ImageResult result : results) {
                if (result.getError() != null) {
                    errors.merge(result.getError().getCode(), 1, Integer::sum);
                }
            }
        }
    }

    /** Failed images by error code. */
    Map<String, Integer> errors() {
        synchronized (errors) {
            return new TreeMap<>(errors);
        }
    }
}
