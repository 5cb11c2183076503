package dev.brigade.dispatcher.app.mapping;

import dev.brigade.dispatcher.request.BatchSummary;
import dev.brigade.dispatcher.request.ImageResult;
import dev.brigade.dispatcher.request.Output;
import dev.brigade.dispatcher.request.Vectors;
import dev.brigade.schema.Classification;
import dev.brigade.schema.Embeddings;
import dev.brigade.schema.ImageResults;
import dev.brigade.schema.LabelScore;
import dev.brigade.schema.ListedItems;
import dev.brigade.schema.Ranking;
import java.nio.ByteBuffer;
import java.util.Optional;

/** Results that are no text, between the contract and the core. */
final class Outputs {

    private Outputs() {}

    /**
     * The core's output.
     *
     * @throws IllegalArgumentException for a kind that this dispatcher does not know, or one that
     *     breaks a rule of its kind
     */
    static Output read(Object record) {
        return switch (record) {
            case Embeddings embeddings ->
                    new Output.Embeddings(
                            embeddings.getCount(),
                            embeddings.getDimensions(),
                            Optional.ofNullable(embeddings.getVectors())
                                    .map(Images::bytes)
                                    .map(Vectors::new),
                            Optional.ofNullable(embeddings.getStored()).map(Images::read));
            case Ranking ranking -> new Output.Ranking(ranking.getScores());
            case Classification classification -> read(classification);
            case ImageResults results ->
                    new Output.ImageResults(
                            results.getItems().stream().map(Outputs::read).toList());
            case ListedItems listed ->
                    new Output.ListedItems(Images.read(listed.getManifest()), listed.getCount());
            default -> throw new IllegalArgumentException("an output of an unknown kind");
        };
    }

    /** The contract's output of a reply; what only parts of a batch have never gets there. */
    static Object write(Output output) {
        return switch (output) {
            case Output.Embeddings embeddings ->
                    new Embeddings(
                            embeddings.count(),
                            embeddings.dimensions(),
                            embeddings
                                    .vectors()
                                    .map(Vectors::bytes)
                                    .map(ByteBuffer::wrap)
                                    .orElse(null),
                            embeddings.stored().map(Images::write).orElse(null));
            case Output.Ranking ranking -> new Ranking(ranking.scores());
            case Output.Classification classification -> write(classification);
            case Output.ImageResults _, Output.ListedItems _ ->
                    throw new IllegalArgumentException("a part of a batch is no reply");
        };
    }

    static dev.brigade.schema.BatchSummary write(BatchSummary summary) {
        return new dev.brigade.schema.BatchSummary(
                summary.total(),
                summary.done(),
                summary.failed(),
                summary.labels(),
                summary.seconds(),
                summary.perSecond(),
                summary.parts());
    }

    static dev.brigade.schema.ImageResult write(ImageResult result) {
        return new dev.brigade.schema.ImageResult(
                result.index(),
                result.path().orElse(null),
                result.classification().map(Outputs::write).orElse(null),
                result.error().map(Failures::write).orElse(null));
    }

    private static ImageResult read(dev.brigade.schema.ImageResult result) {
        return new ImageResult(
                result.getIndex(),
                Optional.ofNullable(result.getPath()),
                Optional.ofNullable(result.getClassification()).map(Outputs::read),
                Optional.ofNullable(result.getError()).map(Failures::read));
    }

    private static Output.Classification read(Classification classification) {
        return new Output.Classification(
                classification.getLabel(),
                classification.getConfidence(),
                classification.getScores().stream()
                        .map(score ->
                                new dev.brigade.dispatcher.request.LabelScore(
                                        score.getLabel(), score.getScore()))
                        .toList(),
                Optional.ofNullable(classification.getRawResponse()));
    }

    private static Classification write(Output.Classification classification) {
        return new Classification(
                classification.label(),
                classification.confidence(),
                classification.scores().stream()
                        .map(score -> new LabelScore(score.label(), score.score()))
                        .toList(),
                classification.rawResponse().orElse(null));
    }
}
