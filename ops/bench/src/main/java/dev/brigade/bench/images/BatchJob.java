package dev.brigade.bench.images;

import dev.brigade.client.BatchAnswer;
import dev.brigade.client.BatchHandle;
import dev.brigade.client.BatchListener;
import dev.brigade.client.BrigadeClient;
import dev.brigade.client.ImageBatchRequest;
import dev.brigade.schema.ImageResult;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/** A batch through Kafka, watched image by image. */
final class BatchJob {

    private static final long LIMIT_MINUTES = 20;

    private final AtomicInteger over = new AtomicInteger();
    private final BitSet seen = new BitSet();
    private int twice;

    /** Runs it to its end. */
    Ended run(BrigadeClient client, List<Path> files, Runnable whenHalf)
            throws InterruptedException {
        long start = System.nanoTime();
        BatchHandle batch =
                client.classifyBatch(
                        ImageBatchRequest.ofPaths(files.stream().map(Path::toString).toList()),
                        new BatchListener() {
                            private boolean half;

                            @Override
                            public void onResults(List<ImageResult> results) {
                                count(results);
                                if (!half && over.get() * 2 >= files.size()) {
                                    half = true;
                                    whenHalf.run();
                                }
                            }
                        });
        try {
            BatchAnswer answer = batch.answer().get(LIMIT_MINUTES, TimeUnit.MINUTES);
            double seconds = (System.nanoTime() - start) / 1e9;
            if (answer.summary().getDone() != files.size() || twice > 0) {
                throw new IllegalStateException(
                        "%d of %d images are classified, %d results came twice"
                                .formatted(answer.summary().getDone(), files.size(), twice));
            }
            return new Ended(batch.requestId(), seconds);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("the batch has no answer", e);
        }
    }

    private synchronized void count(List<ImageResult> results) {
        for (ImageResult result : results) {
            twice += seen.get(result.getIndex()) ? 1 : 0;
            seen.set(result.getIndex());
        }
        over.addAndGet(results.size());
    }

    /** Images that are over. */
    int over() {
        return over.get();
    }

    /** A batch that was answered. */
    record Ended(String requestId, double seconds) {}
}
