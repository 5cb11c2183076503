package dev.brigade.acceptance.images;

import dev.brigade.client.BatchListener;
import dev.brigade.client.BatchProgress;
import dev.brigade.schema.ImageResult;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;

/** Keeps what a batch tells. */
final class CollectedResults implements BatchListener {

    private final List<ImageResult> results = new CopyOnWriteArrayList<>();
    private final List<BatchProgress> progress = new CopyOnWriteArrayList<>();

    @Override
    public void onProgress(BatchProgress now) {
        progress.add(now);
    }

    @Override
    public void onResults(List<ImageResult> more) {
        results.addAll(more);
    }

    List<ImageResult> results() {
        return results;
    }

    List<BatchProgress> progress() {
        return progress;
    }

    /** Waits until there are so many results. */
    void await(int count) {
        Awaitility.await(count + " results")
                .atMost(Duration.ofSeconds(90))
                .pollInterval(Duration.ofMillis(5))
                .until(() -> results.size() >= count);
    }
}
