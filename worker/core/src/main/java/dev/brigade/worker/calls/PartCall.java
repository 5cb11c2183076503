package dev.brigade.worker.calls;

import dev.brigade.contract.error.ErrorCode;
import dev.brigade.contract.payload.PayloadException;
import dev.brigade.schema.ImageItem;
import dev.brigade.schema.ImagePart;
import dev.brigade.worker.backend.Cancellation;
import dev.brigade.worker.backend.Result;
import dev.brigade.worker.calls.Classifier.Wish;
import dev.brigade.worker.images.ImageDesk;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/** Classifies the images of a part; what is wrong with one of them concerns no other. */
record PartCall(ImageDesk desk, Classifier classifier, ImagePart part, Wish wish) implements Call {

    @Override
    public Result<CallOutput> run(Cancellation cancellation, Duration limit)
            throws InterruptedException {
        TimeLimit until = TimeLimit.in(limit);
        try (CancelInterrupt _ = new CancelInterrupt(cancellation)) {
            return switch (desk.items(part)) {
                case Result.Done<List<ImageItem>>(var items) ->
                        new PartRun(part.getFrom(), items, classifier, wish, cancellation, until)
                                .run();
                case Result.Failed<List<ImageItem>>(var code, String message, _) ->
                        Result.failed(code, message);
                case Result.Cancelled<List<ImageItem>>() -> Result.cancelled();
            };
        } catch (InterruptedException e) {
            if (cancellation.isCancelled()) {
                return Result.cancelled();
            }
            throw e;
        } catch (PayloadException e) {
            return Result.failed(e.code(), Objects.requireNonNullElse(e.getMessage(), ""));
        } catch (UncheckedIOException e) {
            return Result.failed(
                    ErrorCode.PAYLOAD_STORE_DOWN, "the manifest of the batch could not be read");
        }
    }
}
