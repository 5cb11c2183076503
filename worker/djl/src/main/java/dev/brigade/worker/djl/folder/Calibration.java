package dev.brigade.worker.djl.folder;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How a classifier's outputs become probabilities that mean what they say; {@code
 * calibration.json}.
 *
 * @param temperature divides the logits; above 1 it makes the model less sure of itself
 * @param threshold probability below which an answer may be called uncertain
 * @param output what the outputs are; empty leaves that to a look at the model
 */
public record Calibration(double temperature, OptionalDouble threshold, Optional<Output> output) {

    private static final double COLDEST = 0.01;
    private static final double HOTTEST = 100;

    /** What a classifier's outputs are. */
    public enum Output {
        LOGITS,
        PROBABILITIES
    }

    /** What the folder says; without the file, temperature 1 and no threshold. */
    public static Calibration read(ModelFolder folder) {
        JsonFile file = folder.json("calibration.json");
        return new Calibration(
                file.number("temperature", COLDEST, HOTTEST).orElse(1),
                file.number("threshold", 0, 1),
                file.text("output").map(text -> output(file, text)));
    }

    private static Output output(JsonFile file, String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "logits" -> Output.LOGITS;
            case "probabilities" -> Output.PROBABILITIES;
            default -> throw file.fault("output must be logits or probabilities");
        };
    }
}
