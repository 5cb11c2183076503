package dev.brigade.demo.embedding;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * Measures a trained encoder through ONNX Runtime, against measures without a model, and writes
 * what belongs beside {@code model.onnx}: {@code MeasureEmbeddingModel <folder>}.
 */
public final class MeasureEmbeddingModel {

    static final int FILLINGS = 12;
    static final long SEED = 77;

    private MeasureEmbeddingModel() {}

    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args[0]);
        TextTokenizer tokenizer = TokenizerFile.read(folder.resolve("tokenizer.json"));
        try (EncoderModel model = EncoderModel.open(folder.resolve("model.onnx"), tokenizer)) {
            EncoderCard card =
                    new EncoderCard(
                            Files.size(folder.resolve("model.onnx")),
                            tokenizer.size(),
                            compared(model, MeasureEmbeddingModel::isOfUnseenTopic),
                            compared(model, MeasureEmbeddingModel::isUnseenInKnownTopic),
                            compared(model, statement -> !statement.heldOut()),
                            new Search(),
                            model);
            Files.writeString(folder.resolve("config.json"), EncoderCard.config(tokenizer.size()));
            Files.writeString(folder.resolve("modules.json"), EncoderCard.MODULES);
            Files.createDirectories(folder.resolve("1_Pooling"));
            Files.writeString(folder.resolve("1_Pooling/config.json"), EncoderCard.pooling());
            Files.writeString(folder.resolve("README.md"), card.text());
            System.out.println(card.text());
        }
    }

    /** The model and both measures without one, on the same pairs. */
    record Compared(int pairs, Figures model, Figures rougeL, Figures bagOfWords) {}

    static Compared compared(EncoderModel model, Predicate<Statement> wanted) throws IOException {
        List<GradedPair> pairs = GradedPairs.of(wanted, FILLINGS, SEED);
        return new Compared(
                pairs.size(),
                Figures.of(pairs, likeness(model, pairs)),
                Figures.of(pairs, pair -> Similarity.rougeL(pair.first(), pair.second())),
                Figures.of(pairs, pair -> Similarity.bagOfWords(pair.first(), pair.second())));
    }

    static boolean isOfUnseenTopic(Statement statement) {
        return statement.heldOut() && statement.topicHeldOut();
    }

    static boolean isUnseenInKnownTopic(Statement statement) {
        return statement.heldOut() && !statement.topicHeldOut();
    }

    private static ToDoubleFunction<GradedPair> likeness(
            EncoderModel model, List<GradedPair> pairs) {
        List<String> texts =
                pairs.stream()
                        .flatMap(pair -> Stream.of(pair.first(), pair.second()))
                        .distinct()
                        .toList();
        float[][] vectors = model.vectors(texts);
        Map<String, float[]> known = new HashMap<>();
        for (int i = 0; i < vectors.length; i++) {
            known.put(texts.get(i), vectors[i]);
        }
        return pair ->
                Similarity.cosine(
                        known.getOrDefault(pair.first(), new float[0]),
                        known.getOrDefault(pair.second(), new float[0]));
    }
}
