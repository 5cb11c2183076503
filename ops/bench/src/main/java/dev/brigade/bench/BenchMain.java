package dev.brigade.bench;

import dev.brigade.bench.BenchOptions.Part;
import dev.brigade.bench.batching.BatchingBench;
import dev.brigade.bench.generation.GenerationBench;
import dev.brigade.bench.images.EmbeddingBench;
import dev.brigade.bench.images.ImageBench;
import dev.brigade.bench.images.RerankBench;
import dev.brigade.bench.jmh.MicroBenchmarks;
import dev.brigade.bench.programs.BenchFolder;
import dev.brigade.bench.routing.RoutingBench;
import dev.brigade.bench.sagas.SagaBench;
import java.nio.file.Path;
import java.util.List;

/**
 * The program behind {@code ops/bench/run}. Figures go to standard output as Markdown, progress to
 * standard error. The system property {@code brigade.root} names the checkout.
 */
public final class BenchMain {

    private static final int FAILED = 1;
    private static final int USAGE = 2;

    private BenchMain() {}

    /** Runs what the arguments ask for and ends the process with an exit code. */
    public static void main(String[] args) {
        System.setProperty("logback.configurationFile", "dev/brigade/bench/logback-bench.xml");
        System.exit(run(List.of(args)));
    }

    private static int run(List<String> arguments) {
        if (arguments.contains("--help")) {
            System.out.print(BenchOptions.USAGE);
            return 0;
        }
        BenchOptions options;
        try {
            options = BenchOptions.parse(arguments);
        } catch (IllegalArgumentException e) {
            tell(e.getMessage() + "; --help lists the options");
            return USAGE;
        }
        TimeLimit.endAfter(options.limit(), BenchMain::tell);
        try {
            measure(options);
            return 0;
        } catch (Exception e) {
            tell("failed");
            e.printStackTrace();
            return FAILED;
        }
    }

    private static void measure(BenchOptions options) throws Exception {
        Machine.describe().forEach(System.out::println);
        System.out.println();
        if (options.measures(Part.JMH)) {
            MicroBenchmarks.run(options.benchmarks(), System.out::println);
            return;
        }
        Path root = Path.of(System.getProperty("brigade.root", "")).toAbsolutePath().normalize();
        BenchFolder folder = BenchFolder.create(root);
        boolean throughput = options.measures(Part.THROUGHPUT);
        boolean latency = options.measures(Part.LATENCY);
        if (throughput || latency) {
            new GenerationBench(folder, System.out::println, BenchMain::tell)
                    .run(
                            throughput ? options.repetitions() : 0,
                            options.tokens(),
                            latency ? options.firstTokens() : 0);
            System.out.println();
        }
        if (options.measures(Part.DISPATCHER)) {
            System.out.println(Machine.load("before the dispatcher's part") + "\n");
            new RoutingBench(folder, System.out::println, BenchMain::tell)
                    .run(options.repetitions(), options.requests());
            System.out.println();
        }
        if (options.measures(Part.SAGAS)) {
            System.out.println(Machine.load("before the sagas' part") + "\n");
            new SagaBench(folder, System.out::println, BenchMain::tell)
                    .run(options.sagas(), options.openSagas());
            System.out.println();
        }
        if (options.measures(Part.IMAGES)) {
            System.out.println(Machine.load("before the images' part") + "\n\n## Images\n");
            new ImageBench(folder, System.out::println, BenchMain::tell)
                    .run(options.repetitions(), options.images());
            System.out.println();
        }
        if (options.measures(Part.EMBEDDINGS)) {
            System.out.println(Machine.load("before the embeddings' part") + "\n\n## Embeddings\n");
            new EmbeddingBench(folder, System.out::println, BenchMain::tell)
                    .run(options.repetitions());
            System.out.println();
        }
        if (options.measures(Part.RERANK)) {
            System.out.println(Machine.load("before the ranking's part") + "\n\n## Ranking\n");
            new RerankBench(folder, System.out::println, BenchMain::tell)
                    .run(options.repetitions());
            System.out.println();
        }
        if (options.measures(Part.BATCHING)) {
            System.out.println(Machine.load("before the batches' part") + "\n\n## Batches\n");
            new BatchingBench(root, System.out::println, BenchMain::tell)
                    .run(options.repetitions());
            System.out.println();
        }
        System.out.println(Machine.load("at the end"));
        // What a failed run has written stays, for the logs in it.
        folder.delete();
    }

    private static void tell(String line) {
        System.err.println("bench: " + line);
    }
}
