package dev.brigade.bench.jmh;

import dev.brigade.bench.figures.Table;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs the benchmarks of this package and sets each beside the baseline of its class. */
public final class MicroBenchmarks {

    private static final int ITERATIONS = 5;
    private static final int FORKS = 2;
    private static final String BASELINE = "baseline";

    private MicroBenchmarks() {}

    /**
     * Runs them, all of them in about six minutes, and prints a table.
     *
     * @param name part of the name of those that are run; all where empty
     */
    public static void run(String name, Consumer<String> results) throws RunnerException {
        Options options =
                new OptionsBuilder()
                        .include("dev\\.brigade\\.bench\\.jmh\\..*" + Pattern.quote(name))
                        .warmupIterations(ITERATIONS)
                        .warmupTime(TimeValue.milliseconds(500))
                        .measurementIterations(ITERATIONS)
                        .measurementTime(TimeValue.seconds(1))
                        .forks(FORKS)
                        .jvmArgsAppend(
                                "-XX:+UseSerialGC",
                                "-Xmx384m",
                                "-Dlogback.configurationFile="
                                        + System.getProperty("logback.configurationFile", ""))
                        .verbosity(VerboseMode.SILENT)
                        .shouldFailOnError(true)
                        .build();
        results.accept("## Micro-benchmarks\n");
        results.accept(table(new Runner(options).run()).toString());
    }

    private static Table table(Collection<RunResult> all) {
        Table table = new Table("benchmark", "µs/op (99.9 % interval)", "of its baseline's");
        List<RunResult> sorted = new ArrayList<>(all);
        sorted.sort((a, b) -> name(a).compareTo(name(b)));
        for (RunResult one : sorted) {
            Result<?> result = one.getPrimaryResult();
            table.add(
                    name(one),
                    "%s ± %s"
                            .formatted(
                                    Table.number(result.getScore(), 3),
                                    Table.number(result.getScoreError(), 3)),
                    baselineOf(one, all)
                            .map(baseline -> Table.number(result.getScore() / score(baseline), 2))
                            .orElse("has none"));
        }
        return table;
    }

    /** The only baseline of its class; of several, the one that is named after the benchmark. */
    private static Optional<RunResult> baselineOf(RunResult one, Collection<RunResult> all) {
        String place = group(one);
        String method = method(one);
        List<RunResult> baselines =
                all.stream()
                        .filter(each -> group(each).equals(place))
                        .filter(each -> method(each).startsWith(BASELINE))
                        .toList();
        return baselines.stream()
                .filter(each ->
                        baselines.size() == 1
                                || method(each).equals(method)
                                || isNamedAfter(method(each), method))
                .findFirst();
    }

    private static double score(RunResult result) {
        return result.getPrimaryResult().getScore();
    }

    private static boolean isNamedAfter(String baseline, String method) {
        return baseline.substring(BASELINE.length()).equalsIgnoreCase(method);
    }

    private static String name(RunResult result) {
        String benchmark = result.getParams().getBenchmark();
        String group = benchmark.substring(0, benchmark.lastIndexOf('.'));
        return group.substring(group.lastIndexOf('.') + 1) + "." + method(result);
    }

    private static String group(RunResult result) {
        String benchmark = result.getParams().getBenchmark();
        return benchmark.substring(0, benchmark.lastIndexOf('.'));
    }

    private static String method(RunResult result) {
        String benchmark = result.getParams().getBenchmark();
        return benchmark.substring(benchmark.lastIndexOf('.') + 1);
    }
}
