package dev.brigade.worker.calls;

import dev.brigade.schema.ImageInput;
import dev.brigade.schema.ImageItem;
import dev.brigade.schema.ImagePart;
import dev.brigade.schema.Job;
import dev.brigade.schema.Priority;
import dev.brigade.schema.Sampling;
import dev.brigade.worker.backend.Cancellation;
import dev.brigade.worker.backend.Result;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A model's way to classify one image of many. */
interface Classifier {

    /** Longest that one image may take, from its turn to its result. */
    Duration IMAGE_LIMIT = Duration.ofSeconds(60);

    /**
     * Begins with an image, and returns when the next may follow: at once, when there is room, or
     * when the image is done. Memory is bounded by that.
     *
     * @param limit most time until there is a result
     * @return the result; cancelled by the caller, the image is dropped
     * @throws InterruptedException while waiting for room
     */
    CompletableFuture<Result<Classified>> begin(
            ImageItem item, Wish wish, Cancellation cancellation, Duration limit)
            throws InterruptedException;

    /**
     * What a job says of its images.
     *
     * @param prompt question for a vision-language model; null is the configured one
     * @param allowUncertain whether there may be no label
     * @param resize whether a vision-language model gets large images made smaller
     * @param sampling how a vision-language model chooses its tokens
     * @param priority images of a higher class go first
     */
    record Wish(
            @Nullable String prompt,
            boolean allowUncertain,
            boolean resize,
            Sampling sampling,
            Priority priority) {

        private static final Sampling NOTHING_SAID = Sampling.newBuilder().build();

        static Wish of(Job job, ImageInput input) {
            return new Wish(
                    input.getPrompt(),
                    input.getAllowUncertain(),
                    input.getResizeImage(),
                    sampling(job),
                    job.getPriority());
        }

        static Wish of(Job job, ImagePart part) {
            return new Wish(
                    part.getPrompt(),
                    part.getAllowUncertain(),
                    part.getResizeImage(),
                    sampling(job),
                    job.getPriority());
        }

        private static Sampling sampling(Job job) {
            return job.getSampling() == null ? NOTHING_SAID : job.getSampling();
        }
    }
}
