package dev.brigade.worker.calls;

import dev.brigade.schema.ImageItem;
import dev.brigade.schema.Priority;
import dev.brigade.worker.backend.Cancellation;
import dev.brigade.worker.backend.ImageModel;
import dev.brigade.worker.backend.ImageModel.Prediction;
import dev.brigade.worker.backend.ImageModel.PreparedImage;
import dev.brigade.worker.backend.Result;
import dev.brigade.worker.images.ImageDesk;
import dev.brigade.worker.turns.Places;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * Decodes images on the desk's threads and hands them to the model, which runs several at once.
 *
 * <p>The places in the model's queue are counted here, over all jobs, from before an image is read
 * until it is classified. So a model that is slower than the decoders holds back the jobs and never
 * the decoders, which other models use too; and no more images are in memory than its queue holds.
 * A place is free for a higher class at once, since no class may take them all.
 */
final class ImageModelClassifier implements Classifier {

    private final ImageModel model;
    private final ImageDesk desk;
    private final Labelling labelling;
    private final Places places;

    ImageModelClassifier(ImageModel model, ImageDesk desk, Labelling labelling) {
        this.model = model;
        this.desk = desk;
        this.labelling = labelling;
        this.places = new Places(model.shares());
    }

    @Override
    public CompletableFuture<Result<Classified>> begin(
            ImageItem item, Wish wish, Cancellation cancellation, Duration limit)
            throws InterruptedException {
        TimeLimit until = TimeLimit.in(limit);
        if (!places.acquire(wish.priority(), limit)) {
            return CompletableFuture.completedFuture(TimeLimit.exceeded());
        }
        CompletableFuture<Result<Classified>> result = new CompletableFuture<>();
        CompletableFuture<Result<PreparedImage>> decoded =
                desk.decode(item, model::prepare, wish.priority(), until.left(IMAGE_LIMIT));
        var _ =
                decoded.thenCompose(image -> predict(image, wish.priority(), until, result))
                        .whenComplete((value, failure) -> {
                            places.release(wish.priority());
                            if (failure == null) {
                                result.complete(labelled(value, wish));
                            } else {
                                result.completeExceptionally(failure);
                            }
                        });
        dropped(result, decoded);
        return result;
    }

    private Result<Classified> labelled(Result<Prediction> prediction, Wish wish) {
        return prediction.map(value ->
                new Classified(labelling.of(value, wish.allowUncertain()), Classified.NO_TOKENS));
    }

    private CompletableFuture<Result<Prediction>> predict(
            Result<PreparedImage> decoded,
            Priority priority,
            TimeLimit until,
            CompletableFuture<?> wanted) {
        return switch (decoded) {
            case Result.Done<PreparedImage>(PreparedImage image) -> {
                CompletableFuture<Result<Prediction>> predicted =
                        model.classify(image, priority, until.left(IMAGE_LIMIT));
                dropped(wanted, predicted);
                yield predicted;
            }
            case Result.Failed<PreparedImage>(var code, String message, _) ->
                    CompletableFuture.completedFuture(Result.failed(code, message));
            case Result.Cancelled<PreparedImage>() ->
                    CompletableFuture.completedFuture(Result.cancelled());
        };
    }

    /** Lets go of work whose result nobody wants any more. */
    private static void dropped(CompletableFuture<?> wanted, CompletableFuture<?> work) {
        var _ =
                wanted.whenComplete((_, _) -> {
                    if (wanted.isCancelled()) {
                        work.cancel(true);
                    }
                });
    }
}
