package dev.brigade.worker.djl.image;

import ai.djl.translate.TranslateException;
import dev.brigade.schema.Priority;
import dev.brigade.worker.backend.BackendContext;
import dev.brigade.worker.backend.Cancellation;
import dev.brigade.worker.backend.ImageModel;
import dev.brigade.worker.backend.ModelFacts;
import dev.brigade.worker.backend.ModelSpec;
import dev.brigade.worker.backend.Result;
import dev.brigade.worker.djl.batch.BatchSettings;
import dev.brigade.worker.djl.batch.Batcher;
import dev.brigade.worker.djl.folder.Calibration;
import dev.brigade.worker.djl.folder.Calibration.Output;
import dev.brigade.worker.djl.folder.FolderFault;
import dev.brigade.worker.djl.folder.Labels;
import dev.brigade.worker.djl.folder.ModelFolder;
import dev.brigade.worker.djl.folder.PreprocessorFile;
import dev.brigade.worker.djl.network.Network;
import dev.brigade.worker.djl.network.NetworkFile;
import dev.brigade.worker.images.PictureInput;
import dev.brigade.worker.turns.Shares;
import java.awt.image.BufferedImage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A model that gives an image one of its labels. */
public final class ImageClassifier implements ImageModel {

    private static final Logger LOG = LoggerFactory.getLogger(ImageClassifier.class);

    /** Prepared pictures that wait take at most so much memory, however long the queue may be. */
    private static final long MOST_WAITING_BYTES = 128L << 20;

    /** Longest edge of a picture that is looked at, in shortest edges. */
    private static final int LONGEST_STRIPE = 16;

    private final PictureInput preprocessing;
    private final Batcher<Pixels, Prediction> batcher;
    private final Shares shares;
    private final List<String> labels;
    private final OptionalDouble threshold;
    private final ModelFacts facts;

    private ImageClassifier(
            PictureInput preprocessing,
            Batcher<Pixels, Prediction> batcher,
            Shares shares,
            List<String> labels,
            OptionalDouble threshold,
            ModelFacts facts) {
        this.preprocessing = preprocessing;
        this.batcher = batcher;
        this.shares = shares;
        this.labels = labels;
        this.threshold = threshold;
        this.facts = facts;
    }

    /**
     * Loads the model of a folder.
     *
     * @param digest SHA-256 of the network's file
     */
    public static ImageClassifier load(
            ModelSpec spec,
            ModelFolder folder,
            NetworkFile file,
            String digest,
            BackendContext context) {
        List<String> labels = Labels.read(folder);
        Calibration calibration = Calibration.read(folder);
        PictureInput preprocessing = PreprocessorFile.read(folder);
        ImageInput input = ImageInput.of(file, preprocessing);
        BatchSettings batches = batches(spec, input);
        Network<Pixels, float[]> network = Network.load(spec, file, new PixelTranslator(input));
        try {
            context.progress().loaded(80);
            Output found = warmUp(network, file, input, batches.maxSize(), labels.size());
            Probabilities probabilities =
                    new Probabilities(
                            labels, calibration.output().orElse(found), calibration.temperature());
            LOG.info(
                    "model {} takes {} and gives {}",
                    spec.id(),
                    input.size(),
                    probabilities.output());
            Batcher<Pixels, Prediction> batcher =
                    new Batcher<>(
                            spec.id(),
                            batches,
                            pictures ->
                                    network.run(pictures).stream().map(probabilities::of).toList(),
                            network::close,
                            context.meters(),
                            System::nanoTime);
            return new ImageClassifier(
                    preprocessing,
                    batcher,
                    batches.shares(),
                    labels,
                    threshold(spec, calibration),
                    facts(spec, file, digest, labels));
        } catch (RuntimeException e) {
            network.close();
            throw e;
        }
    }

    @Override
    public PreparedImage prepare(BufferedImage picture) {
        return new Pixels(preprocessing.numbers(notTooLong(picture)));
    }

    @Override
    public CompletableFuture<Result<Prediction>> classify(
            PreparedImage image, Priority priority, Duration limit) {
        if (!(image instanceof Pixels pixels)) {
            throw new IllegalArgumentException("an image that another model has prepared");
        }
        return batcher.submit(pixels, 1, priority, new Cancellation(), limit);
    }

    @Override
    public Shares shares() {
        return shares;
    }

    @Override
    public List<String> labels() {
        return labels;
    }

    @Override
    public OptionalDouble threshold() {
        return threshold;
    }

    @Override
    public ModelFacts facts() {
        return facts;
    }

    @Override
    public Health health() {
        return batcher.isAlive() ? Health.READY : Health.FAILED;
    }

    @Override
    public void close() {
        batcher.close();
    }

    /**
     * The middle of a picture that is a mere stripe, of which no more than that is looked at. To
     * its shortest edge's new length, the whole could be too large for any memory.
     */
    private static BufferedImage notTooLong(BufferedImage picture) {
        int width = picture.getWidth();
        int height = picture.getHeight();
        long most = (long) LONGEST_STRIPE * Math.min(width, height);
        int keptWidth = (int) Math.min(width, most);
        int keptHeight = (int) Math.min(height, most);
        return keptWidth == width && keptHeight == height
                ? picture
                : picture.getSubimage(
                        (width - keptWidth) / 2, (height - keptHeight) / 2, keptWidth, keptHeight);
    }

    private static OptionalDouble threshold(ModelSpec spec, Calibration calibration) {
        OptionalDouble configured = spec.options().classify().threshold();
        return configured.isPresent() ? configured : calibration.threshold();
    }

    private static BatchSettings batches(ModelSpec spec, ImageInput input) {
        BatchSettings wanted = BatchSettings.of(spec.options().batch(), 1);
        BatchSettings settings =
                input.batch().isPresent() ? wanted.withMaxSize(input.batch().getAsInt()) : wanted;
        long bytes = (long) input.numbers() * Float.BYTES;
        return settings.withQueue((int) Math.min(settings.queue(), MOST_WAITING_BYTES / bytes));
    }

    /**
     * Runs the network as it will be run, which also shows whether it fits its labels, and what its
     * outputs are.
     */
    private static Output warmUp(
            Network<Pixels, float[]> network,
            NetworkFile file,
            ImageInput input,
            int batch,
            int labels) {
        List<float[]> outputs = new ArrayList<>();
        try {
            outputs.addAll(network.run(List.of(new Pixels(new float[input.numbers()]))));
            outputs.addAll(network.run(noise(input, Math.min(batch, 8))));
        } catch (TranslateException e) {
            throw new FolderFault("the model failed on a first picture: " + e.getMessage(), e);
        }
        int width = outputs.getFirst().length;
        if (width != labels) {
            throw new FolderFault(
                    "the model gives %d numbers for each picture, but there are %d labels"
                            .formatted(width, labels));
        }
        boolean softmax =
                file.onnx()
                        .map(onnx -> onnx.lastOperators().getFirst())
                        .orElse("")
                        .equals("Softmax");
        return softmax || outputs.stream().allMatch(Probabilities::areProbabilities)
                ? Output.PROBABILITIES
                : Output.LOGITS;
    }

    private static List<Pixels> noise(ImageInput input, int count) {
        Random random = new Random(1);
        List<Pixels> pictures = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            float[] values = new float[input.numbers()];
            for (int v = 0; v < values.length; v++) {
                values[v] = random.nextFloat() * 2 - 1;
            }
            pictures.add(new Pixels(values));
        }
        return pictures;
    }

    private static ModelFacts facts(
            ModelSpec spec, NetworkFile file, String digest, List<String> labels) {
        return new ModelFacts(
                spec.contextLength(),
                Set.of("classify"),
                file.estimatedMb(),
                digest,
                file.parameters(),
                "",
                labels,
                OptionalInt.empty());
    }
}
