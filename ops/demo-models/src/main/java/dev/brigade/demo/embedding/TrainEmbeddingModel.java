package dev.brigade.demo.embedding;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import dev.brigade.demo.train.Adam;
import dev.brigade.demo.train.LossLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Trains the text encoder and writes {@code model.onnx} and {@code tokenizer.json}: {@code
 * TrainEmbeddingModel <folder> [steps]}. {@link MeasureEmbeddingModel} makes the rest of the
 * folder.
 */
public final class TrainEmbeddingModel {

    private static final int REPORT_STEPS = 100;
    private static final float TEMPERATURE = 0.06f;

    private final EncoderPlan plan;
    private final NDManager manager;
    private final TextTokenizer tokenizer;
    private final EncoderWeights weights;
    private final EncoderNetwork network;
    private final NDArray sharpness;
    private final Triples triples;

    private TrainEmbeddingModel(EncoderPlan plan, NDManager manager, TextTokenizer tokenizer)
            throws IOException {
        this.plan = plan;
        this.manager = manager;
        this.tokenizer = tokenizer;
        this.weights = new EncoderWeights(manager, plan, tokenizer.size());
        this.network = new EncoderNetwork(manager, plan, weights);
        this.sharpness = manager.create(1 / TEMPERATURE);
        this.triples = new Triples(plan.seed());
    }

    public static void main(String[] args) throws IOException {
        Path folder = Files.createDirectories(Path.of(args[0]));
        EncoderPlan shipped = EncoderPlan.SHIPPED;
        int steps = args.length > 1 ? Integer.parseInt(args[1]) : shipped.steps();
        EncoderPlan plan = shipped.during(steps);
        TextTokenizer tokenizer = tokenizer(plan);
        TokenizerFile.write(folder.resolve("tokenizer.json"), tokenizer);
        try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
            TrainEmbeddingModel training = new TrainEmbeddingModel(plan, manager, tokenizer);
            System.out.printf(
                    "%,d parameters, %,d tokens in the vocabulary%n",
                    training.weights.count(), tokenizer.size());
            training.learn();
            training.write(folder.resolve("model.onnx"));
        }
    }

    /** Learns the tokens from the same texts as the encoder, so it is always the same. */
    static TextTokenizer tokenizer(EncoderPlan plan) throws IOException {
        Triples triples = new Triples(EncoderPlan.TOKENIZER_SEED);
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < EncoderPlan.TOKENIZER_TRIPLES; i++) {
            Triple triple = triples.next();
            texts.addAll(List.of(triple.anchor(), triple.same(), triple.other()));
        }
        return TextTokenizer.learn(texts, plan.vocabulary());
    }

    private void learn() {
        Adam adam = new Adam(manager, weights.all());
        LossLog log = new LossLog(REPORT_STEPS);
        for (int step = 0; step < plan.steps(); step++) {
            try (NDManager scope = manager.newSubManager()) {
                log.step(
                        step,
                        loss(scope, Stream.generate(triples::next).limit(plan.triples()).toList()));
                adam.step(scope, plan.rateAt(step));
            }
        }
    }

    /**
     * Each text is to be nearer to the one of the same meaning than to all others of the batch, the
     * one that looks alike among them, and the same from that one's view.
     */
    private float loss(NDManager scope, List<Triple> batch) {
        int size = batch.size();
        Tokens anchors = tokens(batch.stream().map(Triple::anchor).toList());
        Tokens others =
                tokens(
                        Stream.concat(
                                        batch.stream().map(Triple::same),
                                        batch.stream().map(Triple::other))
                                .toList());
        NDArray wanted = wanted(scope, size, 2 * size);
        NDArray back = wanted(scope, size, size);
        try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
            NDArray from = network.texts(scope, anchors);
            NDArray onto = network.texts(scope, others);
            NDArray near = from.matMul(onto.transpose()).mul(sharpness);
            NDArray nearBack = near.get(":, 0:" + size).transpose();
            NDArray loss =
                    near.logSoftmax(1)
                            .mul(wanted)
                            .sum()
                            .add(nearBack.logSoftmax(1).mul(back).sum())
                            .neg();
            collector.backward(loss);
            return loss.getFloat();
        }
    }

    private Tokens tokens(List<String> texts) {
        return Tokens.of(tokenizer, texts, EncoderPlan.LONGEST_LEARNT);
    }

    private static NDArray wanted(NDManager scope, int rows, int columns) {
        float[] wanted = new float[rows * columns];
        for (int i = 0; i < rows; i++) {
            wanted[i * columns + i] = 0.5f / rows;
        }
        return scope.create(wanted, new Shape(rows, columns));
    }

    /** Writes the weights, and says how far ONNX Runtime is from what was trained. */
    private void write(Path file) throws IOException {
        Map<String, float[]> copy = weights.copy();
        EncoderFile.write(file, plan, tokenizer.size(), copy);
        List<String> texts = Stream.generate(triples::next).limit(40).map(Triple::anchor).toList();
        Tokens tokens = Tokens.of(tokenizer, texts, EncoderPlan.LONGEST);
        float[] trained;
        try (NDManager scope = manager.newSubManager()) {
            trained = network.texts(scope, tokens).toFloatArray();
        }
        double most = 0;
        try (EncoderModel model = EncoderModel.open(file, tokenizer)) {
            float[][] read = model.vectors(texts);
            for (int i = 0; i < trained.length; i++) {
                double difference = trained[i] - read[i / plan.width()][i % plan.width()];
                most = Math.max(most, Math.abs(difference));
            }
        }
        System.out.printf("%s: %,d bytes%n", file.getFileName(), Files.size(file));
        System.out.printf("largest difference from the trainer: %.2e%n", most);
    }
}
