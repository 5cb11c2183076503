package dev.brigade.demo.embedding;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * How well a measure of likeness follows the grades of pairs.
 *
 * @param paraphrasesAboveContraries how often a paraphrase is above a denial or an altered text,
 *     over all such pairs of pairs (area under the curve)
 * @param means by grade
 */
record Figures(
        double spearman,
        double pearson,
        double paraphrasesAboveContraries,
        Map<Grade, Double> means) {

    static Figures of(List<GradedPair> pairs, ToDoubleFunction<GradedPair> likeness) {
        double[] said = pairs.stream().mapToDouble(likeness).toArray();
        double[] wanted = pairs.stream().mapToDouble(pair -> pair.grade().points()).toArray();
        Map<Grade, Double> means = new EnumMap<>(Grade.class);
        for (Grade grade : Grade.values()) {
            double[] likenesses = of(pairs, said, List.of(grade));
            means.put(grade, Arrays.stream(likenesses).average().orElse(0));
        }
        return new Figures(
                Correlation.spearman(said, wanted),
                Correlation.pearson(said, wanted),
                Correlation.above(
                        of(pairs, said, List.of(Grade.PARAPHRASE)),
                        of(pairs, said, List.of(Grade.DENIAL, Grade.ALTERED))),
                means);
    }

    private static double[] of(List<GradedPair> pairs, double[] said, List<Grade> grades) {
        return IntStream.range(0, said.length)
                .filter(i -> grades.contains(pairs.get(i).grade()))
                .mapToDouble(i -> said[i])
                .toArray();
    }
}
