package dev.brigade.client;

import dev.brigade.schema.ImageResult;
import dev.brigade.schema.ResultPart;
import java.util.List;

/**
 * Takes the results of a batch as they come. Calls come one after another on a thread of the client
 * that serves this batch alone: while a listener blocks, results wait in the log and not in memory.
 * A listener that throws is called no more; the future still ends.
 */
public interface BatchListener {

    /** How far the batch is; of several that wait, the newest only. */
    default void onProgress(BatchProgress progress) {}

    /**
     * Results, each part exactly once and in order of its number. Who keeps the number of the last
     * part can {@link BrigadeClient#followBatch(String, int, BatchListener) go on} behind it.
     */
    default void onPart(ResultPart part) {
        onResults(part.getItems());
    }

    /** Results, each image exactly once, in order of completion. */
    default void onResults(List<ImageResult> results) {}
}
