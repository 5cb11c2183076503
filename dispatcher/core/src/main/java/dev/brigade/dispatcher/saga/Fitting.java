package dev.brigade.dispatcher.saga;

import dev.brigade.dispatcher.agreement.Likeness;
import dev.brigade.dispatcher.plan.Sweep;
import dev.brigade.dispatcher.request.Answer;
import dev.brigade.dispatcher.request.Code;
import dev.brigade.dispatcher.request.Failure;
import dev.brigade.dispatcher.request.Input;
import dev.brigade.dispatcher.request.Output;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whether what a worker gave is what its job asked for. */
final class Fitting {

    private static final Optional<Failure> UNFIT =
            Optional.of(
                    Failure.of(Code.ENGINE_ERROR, "the worker's result is not what was asked for"));

    private Fitting() {}

    /**
     * What is wrong with the answer to such an input.
     *
     * @param compared whether vectors are needed here, to compare texts
     */
    static Optional<Failure> misfit(Input input, Answer answer, boolean compared) {
        @Nullable Output output = answer.output().orElse(null);
        return switch (input) {
            case Input.Chat _, Input.Completion _, Input.Map _, Input.ImageBatch _ ->
                    Optional.empty();
            case Input.Embedding embedding ->
                    unless(
                            output instanceof Output.Embeddings given
                                    && fits(given, embedding)
                                    && (!compared || likeness(given).isPresent()));
            case Input.Rerank rerank ->
                    unless(
                            output instanceof Output.Ranking given
                                    && given.scores().size() == rerank.documents().size());
            case Input.Image _ -> unless(output instanceof Output.Classification);
            case Input.ImagePart _ -> unless(output instanceof Output.ImageResults);
            case Input.ImageListing _ ->
                    output instanceof Output.ListedItems found ? bounded(found.count()) : UNFIT;
        };
    }

    private static boolean fits(Output.Embeddings given, Input.Embedding asked) {
        boolean whole =
                given.vectors()
                        .map(vectors ->
                                vectors.bytes().length
                                        == (long) given.count() * given.dimensions() * Float.BYTES)
                        .orElse(given.stored().isPresent());
        return given.count() == asked.count() && given.dimensions() > 0 && whole;
    }

    /** Empty where the vectors are elsewhere, or are none. */
    static Optional<Likeness> likeness(Output.Embeddings given) {
        return given.vectors()
                .flatMap(
                        vectors -> Likeness.of(vectors.bytes(), given.count(), given.dimensions()));
    }

    private static Optional<Failure> bounded(int images) {
        if (images < 1) {
            return Optional.of(Failure.of(Code.NO_IMAGES, "no image was found"));
        }
        return images > Sweep.MOST_IMAGES
                ? Optional.of(
                        Failure.of(
                                Code.TOO_MANY_IMAGES,
                                "a batch has at most %d images, this one %d"
                                        .formatted(Sweep.MOST_IMAGES, images)))
                : Optional.empty();
    }

    private static Optional<Failure> unless(boolean fits) {
        return fits ? Optional.empty() : UNFIT;
    }
}
