package dev.brigade.bench.batching;

import dev.brigade.bench.batching.ClosedLoop.Seen;
import dev.brigade.bench.figures.Sample;
import dev.brigade.bench.figures.Table;
import dev.brigade.worker.backend.ModelLoadException;
import dev.brigade.worker.djl.DjlBackend;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;

/**
 * The strategies by which the DJL worker puts calls together, against running each call alone. All
 * are the worker's own code with the shipped models, one thread each, without Kafka; they take
 * turns.
 */
public final class BatchingBench {

    private static final List<Integer> CALLERS = List.of(1, 4, 16, 64);
    private static final Duration WARM_UP = Duration.ofMillis(200);
    private static final Duration TIME = Duration.ofMillis(800);

    private final Path root;
    private final Consumer<String> results;
    private final Consumer<String> progress;

    public BatchingBench(Path root, Consumer<String> results, Consumer<String> progress) {
        this.root = root;
        this.results = results;
        this.progress = progress;
    }

    /** Measures each strategy with each number of callers as often as asked for. */
    public void run(int repetitions) throws IOException, ModelLoadException, InterruptedException {
        var _ = new DjlBackend().availability();
        Table table =
                new Table(
                        "a call gives",
                        "callers",
                        "strategy",
                        "calls/s",
                        "of alone",
                        "p50 ms",
                        "of alone",
                        "p95 ms",
                        "of alone",
                        "calls a batch");
        for (ServedModel.Input input : ServedModel.Input.values()) {
            List<Contender> contenders = new ArrayList<>();
            try {
                for (Strategy strategy : Strategy.all()) {
                    contenders.add(
                            new Contender(strategy, ServedModel.load(root, input, strategy)));
                }
                for (int callers : CALLERS) {
                    measure(contenders, callers, repetitions);
                    contenders.forEach(one -> table.add(one.row(input, callers, contenders)));
                    progress.accept("%s by %d callers done".formatted(input, callers));
                }
            } finally {
                contenders.forEach(one -> one.model.close());
            }
        }
        results.accept(table.toString());
    }

    private static void measure(List<Contender> contenders, int callers, int repetitions)
            throws InterruptedException {
        contenders.forEach(Contender::forget);
        for (int i = 0; i < repetitions; i++) {
            for (Contender contender : contenders) {
                contender.measure(callers);
            }
        }
    }

    /** A strategy and what has been seen of it with one number of callers. */
    private static final class Contender {

        private final Strategy strategy;
        private final ServedModel model;
        private final List<Seen> seen = new ArrayList<>();
        private final List<Double> together = new ArrayList<>();

        Contender(Strategy strategy, ServedModel model) {
            this.strategy = strategy;
            this.model = model;
        }

        void forget() {
            seen.clear();
            together.clear();
        }

        void measure(int callers) throws InterruptedException {
            ClosedLoop.run(callers, WARM_UP, model.call());
            long batches = model.batches();
            double calls = model.calls();
            seen.add(ClosedLoop.run(callers, TIME, model.call()));
            together.add((model.calls() - calls) / (model.batches() - batches));
        }

        String[] row(ServedModel.Input input, int callers, List<Contender> all) {
            Contender alone = all.getFirst();
            return new String[] {
                input.name().toLowerCase(Locale.ROOT),
                Integer.toString(callers),
                strategy.name(),
                Table.number(of(Seen::perSecond).median(), 0),
                Table.withSpread(of(Seen::perSecond).over(alone.of(Seen::perSecond)), 2),
                Table.number(of(Seen::medianMs).median(), 2),
                Table.number(of(Seen::medianMs).over(alone.of(Seen::medianMs)).median(), 2),
                Table.number(of(Seen::tailMs).median(), 2),
                Table.number(of(Seen::tailMs).over(alone.of(Seen::tailMs)).median(), 2),
                Table.number(Sample.of(together).median(), 1)
            };
        }

        private Sample of(ToDoubleFunction<Seen> figure) {
            return Sample.of(seen.stream().mapToDouble(figure).boxed().toList());
        }
    }
}
