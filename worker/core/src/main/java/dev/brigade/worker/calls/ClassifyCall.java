package dev.brigade.worker.calls;

import dev.brigade.schema.ImageInput;
import dev.brigade.schema.ImageItem;
import dev.brigade.schema.Job;
import dev.brigade.worker.backend.Cancellation;
import dev.brigade.worker.backend.Result;
import dev.brigade.worker.calls.Classifier.Wish;
import java.time.Duration;

/** Classifies one image. */
record ClassifyCall(Classifier classifier, ImageItem image, Wish wish) implements Call {

    static ClassifyCall of(Classifier classifier, Job job, ImageInput input) {
        ImageItem image =
                ImageItem.newBuilder()
                        .setPath(input.getPath())
                        .setImage(input.getImage())
                        .setStored(input.getStored())
                        .build();
        return new ClassifyCall(classifier, image, Wish.of(job, input));
    }

    @Override
    public Result<CallOutput> run(Cancellation cancellation, Duration limit)
            throws InterruptedException {
        TimeLimit until = TimeLimit.in(limit);
        try (CancelInterrupt _ = new CancelInterrupt(cancellation)) {
            var pending = classifier.begin(image, wish, cancellation, limit);
            try {
                return Pending.await(pending, until)
                        .map(each -> new CallOutput(each.classification(), each.usage()));
            } finally {
                pending.cancel(true);
            }
        } catch (InterruptedException e) {
            if (cancellation.isCancelled()) {
                return Result.cancelled();
            }
            throw e;
        }
    }
}
