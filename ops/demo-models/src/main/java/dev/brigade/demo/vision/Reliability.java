package dev.brigade.demo.vision;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How well probabilities tell what share of answers is right. */
record Reliability(List<Bin> bins, double error) {

    private static final double[] EDGES = {0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99, 1.0000001};

    /**
     * Answers with about the same confidence.
     *
     * @param said mean probability
     * @param right share of right answers
     */
    record Bin(double from, double to, int count, double said, double right) {}

    static Reliability of(List<Scored> scored, double temperature) {
        List<Bin> bins = new ArrayList<>();
        double error = 0;
        for (int i = 0; i + 1 < EDGES.length; i++) {
            double from = EDGES[i];
            double to = EDGES[i + 1];
            List<Scored> within =
                    scored.stream()
                            .filter(one -> one.confidence(temperature) >= from)
                            .filter(one -> one.confidence(temperature) < to)
                            .toList();
            double said =
                    within.stream().mapToDouble(o -> o.confidence(temperature)).average().orElse(0);
            double right = Share.right(within);
            bins.add(new Bin(from, to, within.size(), said, right));
            error += Math.abs(said - right) * within.size() / scored.size();
        }
        return new Reliability(List.copyOf(bins), error);
    }

    String table() {
        StringBuilder table =
                new StringBuilder("| probability | answers | mean | right |\n|---|---|---|---|\n");
        for (Bin bin : bins) {
            table.append(
                    bin.count() == 0
                            ? String.format(
                                    Locale.ROOT, "| %.2f-%.2f | 0 | | |%n", bin.from(), bin.to())
                            : String.format(
                                    Locale.ROOT,
                                    "| %.2f-%.2f | %d | %.3f | %.3f |%n",
                                    bin.from(),
                                    bin.to(),
                                    bin.count(),
                                    bin.said(),
                                    bin.right()));
        }
        return table.toString();
    }
}
