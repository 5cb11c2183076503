package dev.brigade.bench.generation;

import dev.brigade.bench.figures.Table;
import dev.brigade.bench.programs.BenchFolder;
import dev.brigade.bench.programs.BenchModel;
import dev.brigade.bench.programs.BenchSystem;
import dev.brigade.bench.programs.CpuUse;
import dev.brigade.bench.programs.RunningProgram;
import dev.brigade.worker.backend.ModelLoadException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The whole system beside the bare engine. Both engine processes are up all the time, and only one
 * works at a time.
 */
public final class GenerationBench {

    private static final int WARM_UP_STREAMS = 4;
    private static final int WARM_UP_REQUESTS_EACH = 4;
    private static final int WARM_UP_TOKENS = 16;
    private static final int WARM_UP_ROUND_TRIPS = 500;
    private static final Duration IDLE = Duration.ofSeconds(15);

    /** Prompts of the parts are numbered from here, so that none is used twice. */
    private static final int THROUGHPUT_PROMPTS = 1_000_000;

    private static final int LATENCY_PROMPTS = 2_000_000;

    private final BenchFolder folder;
    private final Consumer<String> results;
    private final Consumer<String> progress;

    public GenerationBench(
            BenchFolder folder, Consumer<String> results, Consumer<String> progress) {
        this.folder = folder;
        this.results = results;
        this.progress = progress;
    }

    /**
     * Measures what has a number above 0.
     *
     * @param repetitions of the throughput part; 0 leaves it out
     * @param tokens of each of its requests
     * @param firstTokens requests of the latency part; 0 leaves it out
     */
    public void run(int repetitions, int tokens, int firstTokens)
            throws IOException, InterruptedException, ModelLoadException {
        progress.accept("writing the model, or finding it");
        BenchModel model = BenchModel.prepare(folder);
        try (BenchSystem system = BenchSystem.start(folder, "generation")) {
            system.configure(model);
            RunningProgram rest = start(system);
            try (Way bare = BareEngine.load(model);
                    Way http = new RestStream(rest.ready());
                    Way kafka = new KafkaClient(system.bootstrapServers());
                    BrokerRoundTrip roundTrip = new BrokerRoundTrip(system)) {
                List<Way> ways = List.of(bare, http, kafka);
                warmUp(ways, roundTrip);
                idle(system);
                if (firstTokens > 0) {
                    results.accept("## Time to the first token\n");
                    results.accept(
                            new FirstText(ways, roundTrip, progress)
                                    .measure(LATENCY_PROMPTS, firstTokens));
                }
                if (repetitions > 0) {
                    results.accept("\n## Throughput\n");
                    results.accept(
                            new Throughput(ways, repetitions, tokens, progress)
                                    .measure(THROUGHPUT_PROMPTS)
                                    .toString());
                }
            }
        }
    }

    private RunningProgram start(BenchSystem system) throws IOException, InterruptedException {
        progress.accept("starting dispatcher, worker and REST adapter");
        RunningProgram dispatcher = system.dispatcher(Map.of());
        RunningProgram worker = system.worker();
        RunningProgram rest = system.rest();
        dispatcher.awaitReady();
        worker.awaitReady();
        return rest.awaitReady();
    }

    private void warmUp(List<Way> ways, BrokerRoundTrip roundTrip) throws InterruptedException {
        StreamLoad load = new StreamLoad(WARM_UP_STREAMS, WARM_UP_REQUESTS_EACH, WARM_UP_TOKENS);
        for (Way way : ways) {
            progress.accept("warming up: " + way.name());
            load.tokensPerSecond(way, 0);
        }
        for (int i = 0; i < WARM_UP_ROUND_TRIPS; i++) {
            roundTrip.nanos();
        }
    }

    private void idle(BenchSystem system) throws InterruptedException {
        progress.accept("looking at the idle system");
        Table table = new Table("process", "of one core while idle");
        CpuUse.during(system.processes(), IDLE)
                .forEach((name, share) -> table.add(name, Table.number(share * 100, 1) + " %"));
        results.accept("## The idle system\n");
        results.accept(table + "\n");
    }
}
