package dev.brigade.worker.djl.image;

import static java.util.Comparator.comparingDouble;

import dev.brigade.contract.error.ErrorCode;
import dev.brigade.worker.backend.ImageModel.Prediction;
import dev.brigade.worker.backend.ImageModel.Score;
import dev.brigade.worker.backend.Result;
import dev.brigade.worker.djl.folder.Calibration.Output;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Makes calibrated probabilities of a classifier's outputs. Outputs that are probabilities already
 * go back to logits by their logarithm, which makes the temperature mean the same for both.
 *
 * @param labels of the outputs, in their order
 * @param temperature divides the logits
 */
record Probabilities(List<String> labels, Output output, double temperature) {

    private static final int BEST = 5;
    private static final double LEAST = 1e-12;
    private static final double SUM_TOLERANCE = 1e-3;

    /** Whether these can only be probabilities: between 0 and 1, with the sum 1. */
    static boolean areProbabilities(float[] outputs) {
        double sum = 0;
        for (float value : outputs) {
            if (!(value >= 0 && value <= 1 + SUM_TOLERANCE)) {
                return false;
            }
            sum += value;
        }
        return Math.abs(sum - 1) <= SUM_TOLERANCE;
    }

    /** What the outputs of one picture say. */
    Result<Prediction> of(float[] outputs) {
        double[] logits = new double[outputs.length];
        double largest = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < outputs.length; i++) {
            double logit =
                    switch (output) {
                        case LOGITS -> outputs[i];
                        case PROBABILITIES -> Math.log(Math.max(LEAST, outputs[i]));
                    };
            if (!Double.isFinite(outputs[i])) {
                return Result.failed(
                        ErrorCode.ENGINE_ERROR, "the model answered with numbers that are none");
            }
            logits[i] = logit / temperature;
            largest = Math.max(largest, logits[i]);
        }
        return Result.done(new Prediction(best(softmax(logits, largest))));
    }

    private static double[] softmax(double[] logits, double largest) {
        double sum = 0;
        double[] shares = new double[logits.length];
        for (int i = 0; i < logits.length; i++) {
            shares[i] = Math.exp(logits[i] - largest);
            sum += shares[i];
        }
        for (int i = 0; i < logits.length; i++) {
            shares[i] /= sum;
        }
        return shares;
    }

    private List<Score> best(double[] shares) {
        return IntStream.range(0, shares.length)
                .mapToObj(i -> new Score(labels.get(i), shares[i]))
                .sorted(comparingDouble(Score::probability).reversed())
                .limit(BEST)
                .toList();
    }
}
