package dev.brigade.demo.train;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import dev.brigade.demo.corpus.Conversation;
import dev.brigade.demo.corpus.Conversations;
import dev.brigade.demo.corpus.Corpus;
import dev.brigade.demo.corpus.Mixture;
import dev.brigade.demo.tokenizer.BytePairTokenizer;
import dev.brigade.demo.tokenizer.BytePairTraining;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Makes the demo models from nothing: {@code TrainDemoModels <folder> [id...]}. Seeds are fixed and
 * one thread computes, so that the same machine makes the same files again.
 */
public final class TrainDemoModels {

    private static final int TOKENIZER_TEXTS = 20_000;
    private static final int TOKENIZER_SEED = 5;
    private static final int REPORT_STEPS = 50;

    private final Plan plan;
    private final Corpus corpus;
    private final BytePairTokenizer tokenizer;

    private TrainDemoModels(Plan plan, Corpus corpus, BytePairTokenizer tokenizer) {
        this.plan = plan;
        this.corpus = corpus;
        this.tokenizer = tokenizer;
    }

    public static void main(String[] args) throws IOException {
        if (args.length == 0) {
            System.err.println("usage: TrainDemoModels <folder> [id...]");
            System.exit(2);
        }
        Path folder = Files.createDirectories(Path.of(args[0]));
        Set<String> wanted = Set.of(args).size() > 1 ? Set.of(args) : Set.of();
        Corpus corpus = Corpus.load();
        BytePairTokenizer tokenizer = tokenizer(corpus);
        for (Plan plan : List.of(Plan.PRIMARY, Plan.FAST)) {
            if (wanted.isEmpty() || wanted.contains(plan.id())) {
                new TrainDemoModels(plan, corpus, tokenizer).train(folder);
            }
        }
    }

    private static BytePairTokenizer tokenizer(Corpus corpus) {
        Conversations conversations = new Conversations(corpus, Mixture.USUAL, TOKENIZER_SEED);
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < TOKENIZER_TEXTS; i++) {
            for (Conversation.Part part : conversations.next().parts()) {
                if (part instanceof Conversation.Text text) {
                    texts.add(text.text());
                }
            }
        }
        return BytePairTraining.learn(texts, Plan.VOCABULARY);
    }

    private void train(Path folder) throws IOException {
        try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
            Weights weights = new Weights(manager, plan.shape(), tokenizer.size(), plan.seed());
            System.out.printf(
                    "%s: %,d parameters, %,d tokens in the vocabulary%n",
                    plan.id(), weights.count(), tokenizer.size());
            LlamaNetwork network =
                    new LlamaNetwork(manager, plan.shape(), weights, Plan.LONGEST_SEQUENCE);
            learn(manager, weights, network);
            Path file = folder.resolve(plan.id() + ".gguf");
            ModelFile.write(file, plan, weights, tokenizer);
            System.out.printf("%s: %,d bytes%n", file.getFileName(), Files.size(file));
        }
    }

    private void learn(NDManager manager, Weights weights, LlamaNetwork network) {
        Adam adam = new Adam(manager, weights.all().values());
        Batches batches =
                new Batches(
                        new Conversations(corpus, plan.mixture(), plan.seed()),
                        tokenizer,
                        plan.sequences(),
                        Plan.LONGEST_SEQUENCE,
                        plan.seed());
        LossLog log = new LossLog(REPORT_STEPS);
        for (int step = 0; step < plan.steps(); step++) {
            try (NDManager scope = manager.newSubManager()) {
                log.step(step, loss(scope, network, batches.next()));
                adam.step(scope, plan.rateAt(step));
            }
        }
    }

    /** Cross entropy of the tokens to be learnt; leaves the gradients in the weights. */
    private float loss(NDManager scope, LlamaNetwork network, Batch batch) {
        NDArray inputs = batch.inputs(scope, tokenizer.size());
        NDArray targets = batch.targets(scope, tokenizer.size());
        try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
            NDArray scores = network.scores(inputs, batch.sequences().size());
            NDArray loss = scores.logSoftmax(1).mul(targets).sum().neg();
            collector.backward(loss);
            return loss.getFloat();
        }
    }
}
