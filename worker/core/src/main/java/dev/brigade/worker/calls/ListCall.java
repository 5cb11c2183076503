package dev.brigade.worker.calls;

import dev.brigade.schema.ImageListing;
import dev.brigade.worker.backend.Cancellation;
import dev.brigade.worker.backend.Result;
import dev.brigade.worker.images.ImageDesk;
import java.time.Duration;

/** Finds the images of a batch. */
record ListCall(ImageDesk desk, ImageListing listing) implements Call {

    private static final Duration LIMIT = Duration.ofMinutes(10);

    @Override
    public Result<CallOutput> run(Cancellation cancellation, Duration limit) {
        TimeLimit until = TimeLimit.in(limit);
        try (CancelInterrupt _ = new CancelInterrupt(cancellation)) {
            Result<CallOutput> result =
                    desk.list(listing, until.left(LIMIT))
                            .map(items -> CallOutput.reading(items, 0));
            return cancellation.isCancelled() ? Result.cancelled() : result;
        }
    }
}
