package dev.brigade.client;

import dev.brigade.contract.payload.PayloadStore;
import dev.brigade.schema.ImageBatchInput;
import dev.brigade.schema.ImageInput;
import dev.brigade.schema.InferenceRequest;
import dev.brigade.schema.Priority;
import dev.brigade.schema.StoredPayload;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;

/**
 * Images to classify as one job, 1 to 100,000: listed one by one, by a pattern that workers follow,
 * or by a manifest in the payload store. Class low and a deadline of 24 h unless told otherwise.
 */
public final class ImageBatchRequest {

    /** Time allowed to a batch that names none. */
    public static final Duration DEFAULT_DEADLINE = Duration.ofHours(24);

    private final InferenceRequest.Builder request;
    private final ImageInput question;
    private final Function<PayloadStore, ImageBatchInput.Builder> images;

    private ImageBatchRequest(
            InferenceRequest.Builder request,
            ImageInput question,
            Function<PayloadStore, ImageBatchInput.Builder> images) {
        this.request = request;
        this.question = question;
        this.images = images;
    }

    /** Images by their paths on workers, with every default. */
    public static ImageBatchRequest ofPaths(Collection<String> paths) {
        return builder().paths(paths).build();
    }

    /** A batch to put together. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * The record that is sent. Images are gone through now: files are read, what is large goes into
     * the payload store, and a list that does not fit a record becomes a manifest there.
     *
     * @throws BrigadeException when an image cannot be read, or the store fails or is missing
     */
    public InferenceRequest toRecord(String tenant, PayloadStore payloads) {
        ImageBatchInput input =
                images.apply(payloads)
                        .setPrompt(question.getPrompt())
                        .setAllowUncertain(question.getAllowUncertain())
                        .setResizeImage(question.getResizeImage())
                        .build();
        return InferenceRequest.newBuilder(request).setInput(input).setTenant(tenant).build();
    }

    /** Collects images, by exactly one of the ways, and settings. */
    public static final class Builder extends ImageRequestBuilder<Builder> {

        private Function<PayloadStore, ImageBatchInput.Builder> images =
                payloads -> ImageBatchInput.newBuilder();

        private Builder() {
            priority(Priority.LOW);
            deadline(DEFAULT_DEADLINE);
        }

        @Override
        Builder self() {
            return this;
        }

        /** Images by their paths below a root that workers allow. */
        public Builder paths(Collection<String> paths) {
            List<String> all = List.copyOf(paths);
            return images(() -> all.stream().map(BatchImage::path).iterator());
        }

        /**
         * Images of any kind. They are gone through once, when the batch is sent, and not kept, so
         * they may be more than fit the memory.
         */
        public Builder images(Iterable<BatchImage> more) {
            images = payloads -> new BatchPacking(payloads).pack(more.iterator());
            return this;
        }

        /** Images that workers find by a pattern, such as {@code scans/**}{@code /*.png}. */
        public Builder glob(String pattern) {
            images = payloads -> ImageBatchInput.newBuilder().setGlob(pattern);
            return this;
        }

        /** Images that a manifest in the payload store lists, as JSON Lines. */
        public Builder manifest(StoredPayload manifest) {
            images = payloads -> ImageBatchInput.newBuilder().setManifest(manifest);
            return this;
        }

        /** The batch. */
        public ImageBatchRequest build() {
            return new ImageBatchRequest(
                    record(ImageBatchInput.newBuilder().build()), question.build(), images);
        }
    }
}
