package dev.brigade.dispatcher.app.mapping;

import dev.brigade.dispatcher.request.ImageResult;
import dev.brigade.dispatcher.request.Output;
import dev.brigade.dispatcher.saga.Command;
import dev.brigade.schema.ResultPart;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The results of some images of a batch, as they are published. */
public final class ResultParts {

    /**
     * How much is said of an image: all; its label without what explains it; and that without its
     * name, which its index stands for.
     */
    public static final List<UnaryOperator<ImageResult>> DETAILS =
            List.of(UnaryOperator.identity(), ResultParts::brief, ResultParts::bare);

    private ResultParts() {}

    /** The contract's part. */
    public static ResultPart write(
            Command.PublishResults results, UnaryOperator<ImageResult> detail, long nowMs) {
        return new ResultPart(
                results.requestId(),
                results.part(),
                results.model(),
                results.items().stream().map(detail).map(Outputs::write).toList(),
                nowMs);
    }

    private static ImageResult brief(ImageResult result) {
        return new ImageResult(
                result.index(),
                result.path(),
                result.classification().map(ResultParts::brief),
                result.error());
    }

    private static Output.Classification brief(Output.Classification whole) {
        return new Output.Classification(
                whole.label(), whole.confidence(), List.of(), Optional.empty());
    }

    private static ImageResult bare(ImageResult result) {
        ImageResult brief = brief(result);
        return new ImageResult(
                brief.index(), Optional.empty(), brief.classification(), brief.error());
    }
}
