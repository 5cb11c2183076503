package dev.brigade.rest.imagebatches;

import dev.brigade.client.BatchAnswer;
import dev.brigade.client.BatchHandle;
import dev.brigade.client.BatchListener;
import dev.brigade.client.BatchProgress;
import dev.brigade.contract.error.ErrorCode;
import dev.brigade.rest.calls.Cancelling;
import dev.brigade.rest.calls.Pending;
import dev.brigade.rest.calls.WholeAnswer;
import dev.brigade.rest.error.ApiError;
import dev.brigade.rest.error.ApiException;
import dev.brigade.rest.http.ClientConnection;
import dev.brigade.schema.ImageResult;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.springframework.stereotype.Component;

/** Waits for all results of a batch, as long as they are few enough for one answer. */
@Component
final class WholeBatch {

    /** Most images of a batch that is answered at once. */
    static final int MOST_IMAGES = 1000;

    private final WholeAnswer wholeAnswer;

    WholeBatch(WholeAnswer wholeAnswer) {
        this.wholeAnswer = wholeAnswer;
    }

    /**
     * The answer.
     *
     * @param source sends the batch
     * @throws ApiException {@code too_many_images} when it turns out to have more than fit one
     *     answer; it is then cancelled
     */
    BatchAnswerView await(Function<BatchListener, BatchHandle> source, ClientConnection connection)
            throws IOException {
        Collected collected = new Collected();
        BatchHandle handle = source.apply(collected);
        Pending<BatchAnswer> pending =
                Pending.of(handle)
                        .until(handle.answer().applyToEither(collected.tooMany, answer -> answer));
        try {
            BatchAnswer answer = wholeAnswer.await(pending, connection);
            BatchLog.ended(answer.reply());
            return BatchAnswerView.of(answer, collected.inOrder());
        } catch (ApiException e) {
            if (collected.tooMany.isDone()) {
                Cancelling.cancel(pending);
            }
            throw e;
        } finally {
            handle.detach();
        }
    }

    /** The error for a batch that has more images than fit one answer. */
    static ApiException tooMany() {
        return new ApiException(
                ApiError.of(
                        ErrorCode.TOO_MANY_IMAGES,
                        "images",
                        "At most %d images are answered at once; ask for async: true or stream: true"
                                .formatted(MOST_IMAGES)));
    }

    /** Results, as far as they fit. Written by the client's thread, read when that has ended. */
    private static final class Collected implements BatchListener {

        final CompletableFuture<BatchAnswer> tooMany = new CompletableFuture<>();
        private final List<ImageResult> results = new ArrayList<>();

        @Override
        public void onProgress(BatchProgress progress) {
            if (progress.total() > MOST_IMAGES) {
                tooMany.completeExceptionally(tooMany());
            }
        }

        @Override
        public synchronized void onResults(List<ImageResult> more) {
            if (results.size() + more.size() > MOST_IMAGES) {
                tooMany.completeExceptionally(tooMany());
            } else {
                results.addAll(more);
            }
        }

        synchronized List<ImageResult> inOrder() {
            return results.stream().sorted(Comparator.comparingInt(ImageResult::getIndex)).toList();
        }
    }
}
