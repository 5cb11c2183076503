package dev.brigade.bench.routing;

import dev.brigade.bench.figures.Sample;
import dev.brigade.bench.figures.Table;
import dev.brigade.bench.played.Batch;
import dev.brigade.bench.played.PlayedModel;
import dev.brigade.bench.played.PlayedWorker;
import dev.brigade.bench.programs.BenchFolder;
import dev.brigade.bench.programs.BenchSystem;
import dev.brigade.bench.programs.RunningProgram;
import dev.brigade.contract.serde.AvroWire;
import dev.brigade.contract.serde.SchemaRegistry;
import dev.brigade.contract.topic.Topics;
import dev.brigade.schema.Job;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Requests per second through the dispatcher and records per second through plain copiers, by turns
 * on one broker. One contender runs at a time, as a new process that is warmed up with as many
 * records as are then measured.
 */
public final class RoutingBench {

    static final String MODEL = "bench-instant";

    private static final int PLACES = 1_000_000;
    private static final String TEXT = "An answer of one sentence, as short ones are.";

    /** Where silence were a stall, the dispatcher would dispatch anew in the middle. */
    private static final Map<String, String> PATIENT =
            Map.of("BRIGADE_DISPATCHER_STALLTIMEOUT", "1h");

    private final BenchFolder folder;
    private final Consumer<String> results;
    private final Consumer<String> progress;
    private final AvroWire wire = new AvroWire(SchemaRegistry.of(Optional.empty()));
    private final PlayedWorker worker =
            new PlayedWorker(
                    wire, List.of(new PlayedModel(MODEL, List.of("primary"), PLACES)), job -> TEXT);
    private final Map<Figure, List<Double>> rates = new EnumMap<>(Figure.class);

    /** What is counted, records or requests per second. */
    private enum Figure {
        COPIED("plain copier, one hop"),
        KEPT("plain copier, two hops with a store each"),
        ROUTED("dispatcher, request to job"),
        ANSWERED("dispatcher, result to terminal");

        private final String title;

        Figure(String title) {
            this.title = title;
        }
    }

    public RoutingBench(BenchFolder folder, Consumer<String> results, Consumer<String> progress) {
        this.folder = folder;
        this.results = results;
        this.progress = progress;
    }

    /**
     * Measures.
     *
     * @param requests that are shown at once
     */
    public void run(int repetitions, int requests) throws IOException, InterruptedException {
        try (BenchSystem system = BenchSystem.start(folder, "routing")) {
            system.create(List.of(Topics.modelTopic(MODEL)));
            system.create(CopierTopology.topics());
            try (Batch batch = new Batch(system.bootstrapServers())) {
                batch.show(worker.announcement());
                for (int i = 0; i < repetitions; i++) {
                    copier(system, batch, Figure.COPIED, 1, requests);
                    copier(system, batch, Figure.KEPT, 2, requests);
                    dispatcher(system, batch, requests);
                }
            }
        }
        results.accept("## The dispatcher\n");
        results.accept(table().toString());
    }

    private void copier(BenchSystem system, Batch batch, Figure figure, int hops, int requests)
            throws IOException, InterruptedException {
        try (Copier copier = Copier.start(system, hops);
                CommittedReader out =
                        new CommittedReader(system.bootstrapServers(), CopierTopology.out(hops))) {
            progress.accept("process %d is the %s".formatted(copier.pid(), figure.title));
            copy(batch, CopierTopology.in(hops), out, requests);
            note(figure, copy(batch, CopierTopology.in(hops), out, requests));
        }
    }

    private double copy(Batch batch, String in, CommittedReader out, int count) {
        Requests requests = Requests.make(count, wire);
        long start = batch.show(requests.on(in));
        return perSecond(count, start, out.awaitExactly(requests.ids()));
    }

    private void dispatcher(BenchSystem system, Batch batch, int requests)
            throws IOException, InterruptedException {
        String servers = system.bootstrapServers();
        try (RunningProgram program = system.dispatcher(PATIENT).awaitReady();
                CommittedReader jobs = new CommittedReader(servers, Topics.model(MODEL));
                CommittedReader terminals = new CommittedReader(servers, Topics.REPLIES)) {
            progress.accept("process " + program.process().pid() + " is the dispatcher");
            route(batch, jobs, terminals, requests);
            Rates measured = route(batch, jobs, terminals, requests);
            note(Figure.ROUTED, measured.routed());
            note(Figure.ANSWERED, measured.answered());
        }
    }

    private record Rates(double routed, double answered) {}

    private Rates route(Batch batch, CommittedReader jobs, CommittedReader terminals, int count) {
        Requests requests = Requests.make(count, wire);
        long shown = batch.show(requests.on(Topics.REQUESTS));
        CommittedReader.Seen routed = jobs.awaitExactly(requests.ids());
        long done = batch.show(worker.answers(jobs(routed)));
        CommittedReader.Seen answered = terminals.awaitExactly(requests.ids());
        return new Rates(perSecond(count, shown, routed), perSecond(count, done, answered));
    }

    private List<Job> jobs(CommittedReader.Seen routed) {
        return routed.values().values().stream().map(worker::job).toList();
    }

    private static double perSecond(int count, long startNanos, CommittedReader.Seen seen) {
        return count * 1e9 / (seen.doneNanos() - startNanos);
    }

    private void note(Figure figure, double rate) {
        rates.computeIfAbsent(figure, f -> new ArrayList<>()).add(rate);
        progress.accept("%s: %.0f/s".formatted(figure.title, rate));
    }

    private Table table() {
        Table table = new Table("contender", "per second", "of one hop's", "of two hops'");
        Sample copied = Sample.of(rates.getOrDefault(Figure.COPIED, List.of()));
        Sample kept = Sample.of(rates.getOrDefault(Figure.KEPT, List.of()));
        rates.forEach((figure, values) -> {
            Sample sample = Sample.of(values);
            table.add(
                    figure.title,
                    Table.withSpread(sample, 0),
                    Table.withSpread(sample.over(copied), 2),
                    Table.withSpread(sample.over(kept), 2));
        });
        return table;
    }
}
