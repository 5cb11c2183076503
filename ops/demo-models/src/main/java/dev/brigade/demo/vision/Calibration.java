package dev.brigade.demo.vision;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.brigade.demo.drawing.Use;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What turns scores into probabilities and decisions.
 *
 * @param temperature what scores are divided by
 * @param threshold probability from which an answer counts
 */
record Calibration(double temperature, double threshold) {

    private static final double WANTED = 0.98;
    private static final double LOWEST = 0.60;
    private static final double HIGHEST = 0.95;
    private static final double STEP = 0.01;

    /**
     * The temperature with the least loss, and the least threshold above which 98 of 100 answers
     * about kinds that were not learnt are right.
     */
    static Calibration fitted(List<Scored> scored) {
        double temperature = temperature(scored);
        List<Scored> others =
                scored.stream().filter(one -> one.kind().use() == Use.CALIBRATE).toList();
        double threshold = LOWEST;
        while (threshold < HIGHEST && rightAbove(others, temperature, threshold) < WANTED) {
            threshold += STEP;
        }
        return new Calibration(rounded(temperature), rounded(threshold));
    }

    private static double temperature(List<Scored> scored) {
        double best = 1;
        double least = Double.MAX_VALUE;
        for (double candidate = 0.1; candidate < 10; candidate += STEP) {
            double temperature = candidate;
            double loss = scored.stream().mapToDouble(one -> one.loss(temperature)).sum();
            if (loss < least) {
                least = loss;
                best = candidate;
            }
        }
        return best;
    }

    private static double rightAbove(List<Scored> scored, double temperature, double threshold) {
        return scored.stream()
                .filter(one -> one.confidence(temperature) >= threshold)
                .mapToInt(one -> one.right() ? 1 : 0)
                .average()
                .orElse(1);
    }

    private static double rounded(double value) {
        return Math.round(value * 100) / 100.0;
    }

    void write(Path file) throws IOException {
        Files.writeString(file, json());
    }

    /** As the file has it. */
    String json() {
        return String.format(
                Locale.ROOT,
                "{\"temperature\": %.2f, \"threshold\": %.2f}%n",
                temperature,
                threshold);
    }

    static Calibration read(Path file) throws IOException {
        String json = Files.readString(file, UTF_8);
        return new Calibration(number(json, "temperature"), number(json, "threshold"));
    }

    private static double number(String json, String name) {
        Matcher matcher = Pattern.compile('"' + name + "\": ([0-9.]+)").matcher(json);
        if (!matcher.find()) {
            throw new IllegalArgumentException("no " + name);
        }
        return Double.parseDouble(matcher.group(1));
    }
}
