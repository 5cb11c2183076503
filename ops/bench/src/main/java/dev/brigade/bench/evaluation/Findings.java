package dev.brigade.bench.evaluation;

import dev.brigade.bench.figures.Interval;
import dev.brigade.bench.figures.PairedDifference;
import dev.brigade.bench.figures.Proportion;
import dev.brigade.bench.figures.Sample;
import dev.brigade.bench.figures.Table;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** What the comparisons of one evaluation show, as Markdown. */
final class Findings {

    private final String examined;
    private final String model;
    private final List<Comparison> comparisons;
    private final PairedDifference overSelfConsistency;
    private final PairedDifference overSingle;

    /**
     * @param examined title of the preset or mode
     * @param model of self-consistency and of the single call
     * @param comparisons at least one
     * @param seed of the resampling
     */
    Findings(String examined, String model, List<Comparison> comparisons, long seed) {
        this.examined = examined;
        this.model = model;
        this.comparisons = List.copyOf(comparisons);
        this.overSelfConsistency = difference(Contestant.SELF_CONSISTENCY, seed);
        this.overSingle = difference(Contestant.SINGLE, seed);
    }

    Verdict verdict() {
        return Verdict.of(overSelfConsistency, comparisons.size());
    }

    @Override
    public String toString() {
        return String.join(
                "\n\n",
                contestants().toString(),
                differences().toString(),
                groups().toString(),
                failures(),
                "Verdict: " + verdict().wireName());
    }

    /** What {@code config/presets.yaml} should say of the preset. */
    String evidence(String date, String set) {
        return """
        evidence:
          result: %s
          note: "%s"
        """
                .formatted(
                        verdict().evidence(),
                        "%s%s, %d questions of %s: %s %% right, self-consistency of %s %s %%, difference %s points (95 %%: %s)"
                                .formatted(
                                        verdict() == Verdict.UNDECIDED ? "undecided, " : "",
                                        date,
                                        comparisons.size(),
                                        set,
                                        percent(share(Contestant.EXAMINED).share()),
                                        model,
                                        percent(share(Contestant.SELF_CONSISTENCY).share()),
                                        percent(overSelfConsistency.mean()),
                                        overSelfConsistency.interval().percent(1)));
    }

    private Table contestants() {
        Table table =
                new Table(
                        "contestant",
                        "right",
                        "accuracy %",
                        "95 % (Wilson)",
                        "failed",
                        "calls a question",
                        "tokens a question",
                        "of them generated",
                        "s a question, p50",
                        "p95");
        for (Contestant contestant : Contestant.values()) {
            Proportion right = share(contestant);
            Sample seconds = sample(contestant, outcome -> outcome.millis() / 1e3);
            table.add(
                    title(contestant),
                    "%d of %d".formatted(right.hits(), right.trials()),
                    percent(right.share()),
                    right.wilson95().percent(1),
                    Long.toString(failed(contestant)),
                    Table.number(sample(contestant, Outcome::calls).mean(), 1),
                    Table.number(sample(contestant, Outcome::tokens).mean(), 0),
                    Table.number(sample(contestant, Outcome::completionTokens).mean(), 0),
                    Table.number(seconds.median(), 2),
                    Table.number(seconds.quantile(0.95), 2));
        }
        return table;
    }

    private Table differences() {
        Table table =
                new Table(
                        "%s less".formatted(examined),
                        "difference in points",
                        "95 % (paired bootstrap)",
                        "alone right",
                        "alone wrong");
        add(table, Contestant.SELF_CONSISTENCY, overSelfConsistency);
        add(table, Contestant.SINGLE, overSingle);
        return table;
    }

    private void add(Table table, Contestant other, PairedDifference difference) {
        Interval interval = difference.interval();
        table.add(
                title(other),
                percent(difference.mean()),
                interval.percent(1),
                Long.toString(comparisons.stream().filter(c -> c.ahead(other) > 0).count()),
                Long.toString(comparisons.stream().filter(c -> c.ahead(other) < 0).count()));
    }

    private Table groups() {
        Table table = new Table("group", "questions", examined, "self-consistency", "single");
        Map<String, List<Comparison>> groups =
                comparisons.stream()
                        .collect(
                                Collectors.groupingBy(
                                        c -> c.question().group(),
                                        TreeMap::new,
                                        Collectors.toList()));
        groups.forEach((group, of) ->
                table.add(
                        group,
                        Integer.toString(of.size()),
                        rightIn(of, Contestant.EXAMINED),
                        rightIn(of, Contestant.SELF_CONSISTENCY),
                        rightIn(of, Contestant.SINGLE)));
        return table;
    }

    /** Every failure by contestant and code, since a failure counts as wrong. */
    private String failures() {
        Map<String, Long> failures = new TreeMap<>();
        for (Comparison comparison : comparisons) {
            for (Contestant contestant : Contestant.values()) {
                comparison
                        .of(contestant)
                        .failure()
                        .ifPresent(code ->
                                failures.merge(title(contestant) + ": " + code, 1L, Long::sum));
            }
        }
        return failures.isEmpty()
                ? "Failures: none"
                : failures.entrySet().stream()
                        .map(entry -> "- %s, %d times".formatted(entry.getKey(), entry.getValue()))
                        .collect(Collectors.joining("\n", "Failures, counted as wrong:\n", ""));
    }

    private String title(Contestant contestant) {
        return switch (contestant) {
            case EXAMINED -> examined;
            case SELF_CONSISTENCY -> "self-consistency of " + model;
            case SINGLE -> "single " + model;
        };
    }

    private Proportion share(Contestant contestant) {
        return right(comparisons, contestant);
    }

    private static String rightIn(List<Comparison> comparisons, Contestant contestant) {
        return Integer.toString(right(comparisons, contestant).hits());
    }

    private static Proportion right(List<Comparison> comparisons, Contestant contestant) {
        long hits = comparisons.stream().filter(c -> c.of(contestant).right()).count();
        return new Proportion((int) hits, comparisons.size());
    }

    private long failed(Contestant contestant) {
        return comparisons.stream().filter(c -> c.of(contestant).failure().isPresent()).count();
    }

    private Sample sample(Contestant contestant, ToDoubleFunction<Outcome> value) {
        return Sample.of(
                comparisons.stream().map(c -> value.applyAsDouble(c.of(contestant))).toList());
    }

    private PairedDifference difference(Contestant other, long seed) {
        return PairedDifference.of(
                Sample.of(comparisons.stream().map(c -> c.ahead(other)).toList()), seed);
    }

    private static String percent(double share) {
        return Table.number(share * 100, 1);
    }
}
