package dev.brigade.demo.vision;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import dev.brigade.demo.drawing.Use;
import dev.brigade.demo.train.Adam;
import dev.brigade.demo.train.LossLog;
import dev.brigade.demo.vision.Examples.Example;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Draws pictures, trains the classifier on them and writes {@code model.onnx}: {@code
 * TrainVisionModel <folder> [side [steps]]}. {@link MeasureVisionModel} makes the rest of the
 * folder. The step with the least loss on the calibration pictures is kept.
 */
public final class TrainVisionModel {

    private static final int REPORT_STEPS = 50;
    private static final int CHECK_STEPS = 200;
    private static final float DROPPED = 0.2f;
    private static final float SMOOTHED = 0.02f;

    private final VisionPlan plan;
    private final Random random;
    private final NDManager manager;
    private final VisionWeights weights;
    private final VisionNetwork network;
    private final List<Example> calibration = new ArrayList<>();
    private double leastLoss = Double.MAX_VALUE;
    private Map<String, float[]> best;

    private TrainVisionModel(VisionPlan plan, NDManager manager) {
        this.plan = plan;
        this.manager = manager;
        this.random = new Random(plan.seed());
        this.weights = new VisionWeights(manager, plan.seed());
        this.network = new VisionNetwork(weights);
        this.best = weights.copy();
    }

    public static void main(String[] args) throws IOException {
        Path folder = Files.createDirectories(Path.of(args[0]));
        VisionPlan shipped = VisionPlan.SHIPPED;
        int side = args.length > 1 ? Integer.parseInt(args[1]) : shipped.side();
        int steps = args.length > 2 ? Integer.parseInt(args[2]) : shipped.steps();
        VisionPlan plan =
                new VisionPlan(
                        side,
                        shipped.perKind(),
                        steps,
                        shipped.batch(),
                        shipped.rate(),
                        shipped.seed());
        try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
            TrainVisionModel training = new TrainVisionModel(plan, manager);
            training.learn();
            training.write(folder.resolve("model.onnx"));
        }
    }

    private void learn() {
        int side = plan.side();
        List<Example> examples = Examples.draw(Use.LEARN, plan.perKind(), side, plan.seed());
        calibration.addAll(MeasureVisionModel.calibrationPictures(side));
        System.out.printf(
                "%,d pictures, %,d to calibrate, %,d parameters%n",
                examples.size(), calibration.size(), count());
        Adam adam = new Adam(manager, weights.learnt());
        LossLog log = new LossLog(REPORT_STEPS);
        int next = examples.size();
        for (int step = 0; step < plan.steps(); step++) {
            if (next + plan.batch() > examples.size()) {
                Collections.shuffle(examples, random);
                next = 0;
            }
            List<Example> batch = examples.subList(next, next + plan.batch());
            next += plan.batch();
            try (NDManager scope = manager.newSubManager()) {
                log.step(step, loss(scope, VisionBatch.varied(batch, side, random)));
                adam.step(scope, plan.rateAt(step));
            }
            if ((step + 1) % CHECK_STEPS == 0 || step + 1 == plan.steps()) {
                check(step + 1);
            }
        }
    }

    private long count() {
        return weights.learnt().stream().mapToLong(NDArray::size).sum();
    }

    private float loss(NDManager scope, VisionBatch batch) {
        NDArray pixels = pixels(scope, batch);
        NDArray targets = scope.create(smoothed(batch), new Shape(batch.size(), 2));
        NDArray kept = kept(scope, batch.size());
        try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
            NDArray scores = network.scores(pixels, kept, true);
            NDArray loss = scores.logSoftmax(1).mul(targets).sum().neg();
            collector.backward(loss);
            return loss.getFloat();
        }
    }

    private float[] smoothed(VisionBatch batch) {
        float[] targets = batch.targets().clone();
        for (int i = 0; i < targets.length; i++) {
            targets[i] = (targets[i] * (1 - SMOOTHED) + SMOOTHED / 2) / batch.size();
        }
        return targets;
    }

    private NDArray kept(NDManager scope, int size) {
        float[] kept = new float[size * Convolution.FEATURES];
        for (int i = 0; i < kept.length; i++) {
            kept[i] = random.nextFloat() < DROPPED ? 0 : 1 / (1 - DROPPED);
        }
        return scope.create(kept, new Shape(size, Convolution.FEATURES));
    }

    private NDArray pixels(NDManager scope, VisionBatch batch) {
        return scope.create(batch.pixels(), new Shape(batch.size(), 3, plan.side(), plan.side()));
    }

    /** Keeps the weights when they are the best so far. */
    private void check(int step) {
        double loss = 0;
        int right = 0;
        float[][] scores = scores(calibration);
        for (int i = 0; i < scores.length; i++) {
            int label = calibration.get(i).label();
            double margin = scores[i][1 - label] - scores[i][label];
            loss += Math.log1p(Math.exp(margin)) / scores.length;
            right += margin < 0 ? 1 : 0;
        }
        System.out.printf("step %d, calibration loss %.4f, right %d%n", step, loss, right);
        if (loss < leastLoss) {
            leastLoss = loss;
            best = weights.copy();
        }
    }

    private float[][] scores(List<Example> examples) {
        float[][] all = new float[examples.size()][];
        for (int start = 0; start < examples.size(); start += plan.batch()) {
            int end = Math.min(examples.size(), start + plan.batch());
            try (NDManager scope = manager.newSubManager()) {
                VisionBatch batch = VisionBatch.plain(examples.subList(start, end), plan.side());
                NDArray everything = scope.ones(new Shape(batch.size(), Convolution.FEATURES));
                float[] flat =
                        network.scores(pixels(scope, batch), everything, false).toFloatArray();
                for (int i = start; i < end; i++) {
                    all[i] = new float[] {flat[2 * (i - start)], flat[2 * (i - start) + 1]};
                }
            }
        }
        return all;
    }

    /** Writes the best weights, and says how far ONNX Runtime is from what was trained. */
    private void write(Path file) throws IOException {
        weights.restore(best);
        VisionModelFile.write(file, best, plan.side());
        float[][] trained = scores(calibration);
        double most = 0;
        try (VisionModel model = VisionModel.open(file)) {
            float[][] read = model.scores(calibration);
            for (int i = 0; i < read.length; i++) {
                most = Math.max(most, Math.abs(read[i][0] - trained[i][0]));
                most = Math.max(most, Math.abs(read[i][1] - trained[i][1]));
            }
        }
        System.out.printf("%s: %,d bytes%n", file.getFileName(), Files.size(file));
        System.out.printf("largest difference from the trainer: %.2e%n", most);
    }
}
