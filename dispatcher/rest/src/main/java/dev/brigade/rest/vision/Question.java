package dev.brigade.rest.vision;

import dev.brigade.rest.error.ApiError;
import dev.brigade.rest.error.ApiException;
import dev.brigade.rest.json.JsonFields;
import dev.brigade.schema.Sampling;
import java.util.Optional;
import java.util.Set;

/**
 * What is asked of an image, alone or in a batch.
 *
 * @param prompt question for a vision-language model, where it is not the configured one
 * @param allowUncertain whether the answer may be {@code uncertain}
 * @param resizeImage whether a vision-language model may be given the image made smaller
 * @param sampling how such a model chooses its tokens; the model's own defaults where not said
 */
public record Question(
        Optional<String> prompt, boolean allowUncertain, boolean resizeImage, Sampling sampling) {

    /** Fields of calls about images that are strings in a form, whatever they look like. */
    public static final Set<String> TEXTS =
            Set.of(
                    "image_path",
                    "image_base64",
                    "glob",
                    "prompt",
                    "model",
                    "task_type",
                    "role",
                    "routing_strategy",
                    "idempotency_key",
                    "user",
                    "safety_identifier");

    private static final int MAX_TOKENS = 4096;

    /** Reads it; bounds that are the same for all tasks are the contract's to check. */
    public static Question read(JsonFields body) {
        Sampling.Builder sampling = Sampling.newBuilder();
        body.number("temperature").ifPresent(sampling::setTemperature);
        maxTokens(body).ifPresent(sampling::setMaxTokens);
        return new Question(
                body.string("prompt"),
                body.bool("allow_uncertain").orElse(false),
                body.bool("resize_image").orElse(true),
                sampling.build());
    }

    private static Optional<Integer> maxTokens(JsonFields body) {
        Optional<Integer> most = body.integer("max_tokens");
        most.filter(value -> value > MAX_TOKENS)
                .ifPresent(value -> {
                    throw new ApiException(
                            ApiError.invalid(
                                    "max_tokens", "max_tokens must be 1 to " + MAX_TOKENS));
                });
        return most;
    }
}
