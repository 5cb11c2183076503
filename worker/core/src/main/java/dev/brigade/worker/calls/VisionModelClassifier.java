package dev.brigade.worker.calls;

import dev.brigade.schema.Classification;
import dev.brigade.schema.ImageItem;
import dev.brigade.worker.backend.Cancellation;
import dev.brigade.worker.backend.Picture;
import dev.brigade.worker.backend.Result;
import dev.brigade.worker.images.ImageDesk;
import dev.brigade.worker.vision.VisionClassifier;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * Asks a vision-language model about one image after another, on the calling thread; as many run
 * side by side as the model has slots.
 */
record VisionModelClassifier(VisionClassifier model, ImageDesk desk, Labelling labelling)
        implements Classifier {

    @Override
    public CompletableFuture<Result<Classified>> begin(
            ImageItem item, Wish wish, Cancellation cancellation, Duration limit)
            throws InterruptedException {
        TimeLimit until = TimeLimit.in(limit);
        CompletableFuture<Result<Picture>> decoded =
                desk.decode(
                        item,
                        picture -> VisionClassifier.encode(picture, wish.resize()),
                        wish.priority(),
                        until.left(IMAGE_LIMIT));
        try {
            Result<Picture> picture = Pending.await(decoded, until);
            return CompletableFuture.completedFuture(
                    picture.then(ready -> ask(ready, wish, cancellation, until)));
        } finally {
            decoded.cancel(true);
        }
    }

    private Result<Classified> ask(
            Picture picture, Wish wish, Cancellation cancellation, TimeLimit until) {
        return model.classify(picture, wish.prompt(), wish.sampling(), cancellation, until.left())
                .map(answer ->
                        new Classified(labelled(answer.classification(), wish), answer.usage()));
    }

    private Classification labelled(Classification read, Wish wish) {
        String label =
                labelling.label(read.getLabel(), read.getConfidence(), wish.allowUncertain());
        return Classification.newBuilder(read).setLabel(label).build();
    }
}
