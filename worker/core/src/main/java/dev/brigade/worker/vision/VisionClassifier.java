package dev.brigade.worker.vision;

import dev.brigade.config.ClassifyOptions;
import dev.brigade.contract.error.ErrorCode;
import dev.brigade.schema.Classification;
import dev.brigade.schema.Sampling;
import dev.brigade.worker.backend.Cancellation;
import dev.brigade.worker.backend.GenerationRequest;
import dev.brigade.worker.backend.GenerationRequest.Message;
import dev.brigade.worker.backend.GenerationRequest.Prompt;
import dev.brigade.worker.backend.Outcome;
import dev.brigade.worker.backend.Picture;
import dev.brigade.worker.backend.Result;
import dev.brigade.worker.backend.TextModel;
import dev.brigade.worker.vision.LabelReader.Reading;
import java.awt.image.BufferedImage;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Classifies pictures by asking a vision-language model. The question is the request's, or else the
 * configured one, or else one made from the labels; the label is read from the answer by {@link
 * LabelReader}, and the answer itself goes along as {@code raw_response}. Safe for use by many
 * threads, as far as the model is.
 *
 * <p>The confidence says how plainly the label was named, not how probable it is: 1 for an answer
 * that names a label and nothing else, 0.9 for one that declares it ({@code Answer: technical}, or
 * JSON among other words), 0.7 for one that mentions it and no other. An answer that names no label
 * or several is {@code unclassifiable_answer}.
 */
public final class VisionClassifier {

    /** What images are where the configuration does not say. */
    public static final List<String> DEFAULT_LABELS = List.of("technical", "discard");

    private static final int MOST_RAW = 65_536;

    private final String modelId;
    private final TextModel model;
    private final ClassifyOptions options;
    private final List<String> labels;
    private final LabelReader reader;

    /**
     * @param modelId for the engine's own bookkeeping
     * @param model one that takes images
     */
    public VisionClassifier(String modelId, TextModel model, ClassifyOptions options) {
        this.modelId = modelId;
        this.model = model;
        this.options = options;
        this.labels = options.labels().isEmpty() ? DEFAULT_LABELS : options.labels();
        this.reader = new LabelReader(labels, options.answers());
    }

    /** What an image can be. */
    public List<String> labels() {
        return labels;
    }

    /**
     * A classification with the tokens that it took.
     *
     * @param classification scores are empty
     */
    public record Answer(Classification classification, Outcome.Usage usage) {}

    /**
     * Classifies a picture on the calling (platform) thread.
     *
     * @param prompt the request's own question; null is the configured one
     * @param resize whether the picture is made smaller where its longest edge is over {@value
     *     PictureCode#LONGEST_EDGE} pixels
     * @param sampling what it says goes before the configuration
     * @param limit most time that it may take
     */
    public Result<Classification> classify(
            BufferedImage picture,
            @Nullable String prompt,
            boolean resize,
            Sampling sampling,
            Cancellation cancellation,
            Duration limit) {
        return classify(encode(picture, resize), prompt, sampling, cancellation, limit)
                .map(Answer::classification);
    }

    /** A picture as the model takes it: the work of {@link #classify} that needs no model. */
    public static Picture encode(BufferedImage picture, boolean resize) {
        return PictureCode.of(picture, resize);
    }

    /** As the other, of an encoded picture. */
    public Result<Answer> classify(
            Picture picture,
            @Nullable String prompt,
            Sampling sampling,
            Cancellation cancellation,
            Duration limit) {
        StringBuilder answer = new StringBuilder();
        Outcome outcome =
                model.generate(
                        request(picture, prompt, sampling),
                        (text, tokens) -> {
                            answer.append(text);
                            return answer.length() <= MOST_RAW;
                        },
                        cancellation,
                        limit);
        return switch (outcome) {
            case Outcome.Finished finished -> read(answer.toString(), finished.usage());
            case Outcome.Failed failed ->
                    new Result.Failed<>(failed.code(), failed.message(), failed.crashed());
            case Outcome.Cancelled cancelled ->
                    cancellation.isCancelled()
                            ? Result.cancelled()
                            : unclassifiable("the answer is too long");
        };
    }

    private Result<Answer> read(String raw, Outcome.Usage usage) {
        return switch (reader.read(raw)) {
            case Reading.Named(String label, double confidence) ->
                    Result.done(
                            new Answer(
                                    Classification.newBuilder()
                                            .setLabel(label)
                                            .setConfidence(confidence)
                                            .setRawResponse(raw)
                                            .build(),
                                    usage));
            case Reading.None none ->
                    unclassifiable(
                            raw.isBlank()
                                    ? "the model's answer is empty"
                                    : "the model's answer names none of the labels");
            case Reading.Several several ->
                    unclassifiable("the model's answer names more than one of the labels");
        };
    }

    private static Result<Answer> unclassifiable(String message) {
        return Result.failed(ErrorCode.UNCLASSIFIABLE_ANSWER, message);
    }

    private GenerationRequest request(Picture picture, @Nullable String prompt, Sampling sampling) {
        String question = Optional.ofNullable(prompt).or(options::prompt).orElseGet(this::question);
        Message message = new Message("user", question, List.of(picture));
        return GenerationRequest.builder(modelId, new Prompt.Chat(List.of(message)))
                .maxTokens(OptionalInt.of(orElse(sampling.getMaxTokens(), options.maxTokens())))
                .temperature(
                        OptionalDouble.of(orElse(sampling.getTemperature(), options.temperature())))
                .topP(decimal(sampling.getTopP()))
                .topK(
                        sampling.getTopK() == null
                                ? OptionalInt.empty()
                                : OptionalInt.of(sampling.getTopK()))
                .minP(decimal(sampling.getMinP()))
                .seed(
                        sampling.getSeed() == null
                                ? OptionalLong.empty()
                                : OptionalLong.of(sampling.getSeed()))
                .presencePenalty(decimal(sampling.getPresencePenalty()))
                .frequencyPenalty(decimal(sampling.getFrequencyPenalty()))
                .repeatPenalty(decimal(sampling.getRepeatPenalty()))
                .stop(sampling.getStop())
                .build();
    }

    private String question() {
        return "Classify this image as exactly one of: "
                + String.join(", ", labels)
                + ". Answer with that label alone.";
    }

    private static <T> T orElse(@Nullable T value, T other) {
        return value == null ? other : value;
    }

    private static OptionalDouble decimal(@Nullable Double value) {
        return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
    }
}
