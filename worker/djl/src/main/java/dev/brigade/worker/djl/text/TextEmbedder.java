package dev.brigade.worker.djl.text;

import dev.brigade.contract.error.ErrorCode;
import dev.brigade.worker.backend.BackendContext;
import dev.brigade.worker.backend.Cancellation;
import dev.brigade.worker.backend.EmbeddingModel;
import dev.brigade.worker.backend.ModelFacts;
import dev.brigade.worker.backend.ModelSpec;
import dev.brigade.worker.backend.Result;
import dev.brigade.worker.djl.folder.TextSetup;
import dev.brigade.worker.djl.network.NetworkFile;
import dev.brigade.worker.djl.text.TextParts.Outputs;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/** A model that turns texts into vectors. */
public final class TextEmbedder implements EmbeddingModel {

    private final TextParts parts;
    private final ModelFacts facts;

    private TextEmbedder(TextParts parts, ModelFacts facts) {
        this.parts = parts;
        this.facts = facts;
    }

    /**
     * Loads the model of a folder.
     *
     * @param digest SHA-256 of the network's file
     */
    public static TextEmbedder load(
            ModelSpec spec,
            TextSetup setup,
            NetworkFile file,
            String digest,
            BackendContext context) {
        boolean poolsItself = spec.options().embedding().pooling().isPresent();
        TextParts parts =
                TextParts.load(
                        spec,
                        setup,
                        file,
                        onnx -> TextOutput.ofEmbeddings(onnx, poolsItself),
                        context);
        ModelFacts facts =
                new ModelFacts(
                        parts.tokenizer().longest(),
                        Set.of("embedding", "rerank"),
                        file.estimatedMb(),
                        digest,
                        file.parameters(),
                        "",
                        List.of(),
                        OptionalInt.of(parts.width()));
        return new TextEmbedder(parts, facts);
    }

    @Override
    public Result<Vectors> embed(EmbeddingTask task, Cancellation cancellation, Duration limit) {
        int wanted = task.dimensions().orElse(dimensions());
        if (wanted < 1 || wanted > dimensions()) {
            return Result.failed(
                    ErrorCode.INVALID_REQUEST,
                    "dimensions must be 1 to %d, not %d".formatted(dimensions(), wanted));
        }
        String prompt = prompt(task.type());
        return parts.run(
                        task.texts().count(),
                        place -> read(task.texts(), place, prompt),
                        task.priority(),
                        cancellation,
                        limit)
                .map(outputs -> answer(outputs, wanted));
    }

    @Override
    public int dimensions() {
        return parts.width();
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

    private Result<TokenText> read(Texts texts, int place, String prompt) {
        String what = "text " + place;
        return switch (texts) {
            case Texts.Strings(List<String> strings) ->
                    parts.tokenizer().read(prompt + strings.get(place), what);
            case Texts.Tokens(List<int[]> tokens) ->
                    parts.tokenizer()
                            .take(
                                    tokens.get(place),
                                    prompt,
                                    parts.setup().vocabulary().orElse(Integer.MAX_VALUE),
                                    what);
        };
    }

    private String prompt(InputType type) {
        return switch (type) {
            case NONE -> "";
            case QUERY -> parts.setup().queryPrompt();
            case DOCUMENT -> parts.setup().documentPrompt();
        };
    }

    private Vectors answer(Outputs outputs, int wanted) {
        boolean unit = parts.setup().normalize() || wanted < dimensions();
        List<float[]> vectors =
                outputs.vectors().stream()
                        .map(vector -> UnitVector.cut(vector, wanted, unit))
                        .toList();
        return new Vectors(wanted, vectors, outputs.tokens());
    }
}
