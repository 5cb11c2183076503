package dev.brigade.client;

import dev.brigade.schema.ImageInput;

/**
 * Collects how images are classified, one or many. Only vision-language models read the prompt, the
 * size and the sampling.
 *
 * @param <B> the builder itself
 */
public abstract sealed class ImageRequestBuilder<B extends ImageRequestBuilder<B>>
        extends SamplingBuilder<B> permits ClassifyRequest.Builder, ImageBatchRequest.Builder {

    /** What is asked of every image. */
    final ImageInput.Builder question = ImageInput.newBuilder();

    ImageRequestBuilder() {}

    /** Question for a vision-language model instead of the configured one. */
    public B prompt(String value) {
        question.setPrompt(value);
        return self();
    }

    /** Whether a label may be {@code uncertain}. */
    public B allowUncertain(boolean value) {
        question.setAllowUncertain(value);
        return self();
    }

    /** Whether a vision-language model may be given a smaller image. */
    public B resizeImage(boolean value) {
        question.setResizeImage(value);
        return self();
    }
}
