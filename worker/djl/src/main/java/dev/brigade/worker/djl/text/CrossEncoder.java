package dev.brigade.worker.djl.text;

import dev.brigade.worker.backend.BackendContext;
import dev.brigade.worker.backend.Cancellation;
import dev.brigade.worker.backend.ModelFacts;
import dev.brigade.worker.backend.ModelSpec;
import dev.brigade.worker.backend.RankingModel;
import dev.brigade.worker.backend.Result;
import dev.brigade.worker.djl.folder.FolderFault;
import dev.brigade.worker.djl.folder.TextSetup;
import dev.brigade.worker.djl.network.NetworkFile;
import dev.brigade.worker.djl.text.TextParts.Outputs;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/** A model that reads query and document together and says how well they fit, from 0 to 1. */
public final class CrossEncoder implements RankingModel {

    private final TextParts parts;
    private final ModelFacts facts;

    private CrossEncoder(TextParts parts, ModelFacts facts) {
        this.parts = parts;
        this.facts = facts;
    }

    /**
     * Loads the model of a folder.
     *
     * @param digest SHA-256 of the network's file
     */
    public static CrossEncoder load(
            ModelSpec spec,
            TextSetup setup,
            NetworkFile file,
            String digest,
            BackendContext context) {
        TextParts parts = TextParts.load(spec, setup, file, TextOutput::ofScores, context);
        if (parts.width() != 1) {
            parts.close();
            throw new FolderFault(
                    "the model gives %d numbers for each document, not one"
                            .formatted(parts.width()));
        }
        ModelFacts facts =
                new ModelFacts(
                        parts.tokenizer().longest(),
                        Set.of("rerank"),
                        file.estimatedMb(),
                        digest,
                        file.parameters(),
                        "",
                        List.of(),
                        OptionalInt.empty());
        return new CrossEncoder(parts, facts);
    }

    @Override
    public Result<Scores> rank(RankingTask task, Cancellation cancellation, Duration limit) {
        return parts.run(
                        task.documents().size(),
                        place ->
                                parts.tokenizer()
                                        .readPair(
                                                task.query(),
                                                task.documents().get(place),
                                                "the query with document " + place),
                        task.priority(),
                        cancellation,
                        limit)
                .map(CrossEncoder::scores);
    }

    @Override
    public ModelFacts facts() {
        return facts;
    }

    @Override
    public Health health() {
        return parts.health();
    }

    @Override
    public void close() {
        parts.close();
    }

    private static Scores scores(Outputs outputs) {
        return new Scores(
                outputs.vectors().stream().mapToDouble(logit -> sigmoid(logit[0])).toArray(),
                outputs.tokens());
    }

    private static double sigmoid(float logit) {
        return 1 / (1 + Math.exp(-logit));
    }
}
