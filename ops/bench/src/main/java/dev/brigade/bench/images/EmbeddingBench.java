package dev.brigade.bench.images;

import ai.onnxruntime.OrtException;
import dev.brigade.bench.figures.Sample;
import dev.brigade.bench.figures.Table;
import dev.brigade.bench.programs.BenchFolder;
import dev.brigade.bench.programs.BenchSystem;
import dev.brigade.bench.programs.RunningProgram;
import dev.brigade.client.BrigadeClient;
import dev.brigade.client.ClientSettings;
import dev.brigade.client.EmbeddingAnswer;
import dev.brigade.client.EmbeddingRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Vectors of texts through Kafka against a plain loop with the same model, by turns in one run. */
public final class EmbeddingBench {

    private static final String MODEL = "brigade-demo-embedding";
    private static final int BATCH = 32;
    private static final int WORKER_HEAP_MB = 512;
    private static final long LIMIT_S = 300;
    private static final int MOST_TEXTS = 8_192;
    private static final List<String> WORDS =
            List.of(
                    "the", "server", "answers", "slowly", "because", "its", "disk", "is", "full",
                    "and", "nobody", "has", "deleted", "old", "records", "since", "last", "week");

    /**
     * How the texts are asked for.
     *
     * @param texts of one request
     * @param callers that ask at the same time, each one request after the other
     */
    private record Load(int texts, int callers, int requests) {
        int all() {
            return texts * requests;
        }
    }

    private final BenchFolder folder;
    private final Consumer<String> results;
    private final Consumer<String> progress;

    public EmbeddingBench(BenchFolder folder, Consumer<String> results, Consumer<String> progress) {
        this.folder = folder;
        this.results = results;
        this.progress = progress;
    }

    /** Measures each load as often as asked for. */
    public void run(int repetitions) throws IOException, InterruptedException, OrtException {
        Path models = folder.root().resolve("ops/demo-models/models");
        try (BenchSystem system = BenchSystem.start(folder, "embeddings");
                PlainEmbedder plain = new PlainEmbedder(models.resolve(MODEL))) {
            system.configure(folder.root().resolve("config"), models);
            RunningProgram dispatcher = system.dispatcher(Map.of());
            RunningProgram worker =
                    system.worker(Map.of("INFERENCE_PRELOAD_MODELS", MODEL), WORKER_HEAP_MB);
            dispatcher.awaitReady();
            worker.awaitReady();
            try (BrigadeClient client =
                    BrigadeClient.open(ClientSettings.of(system.bootstrapServers()))) {
                measure(client, plain, repetitions);
            }
        }
    }

    private void measure(BrigadeClient client, PlainEmbedder plain, int repetitions)
            throws InterruptedException, OrtException {
        Table table =
                new Table(
                        "texts a request",
                        "callers",
                        "texts/s",
                        "loop, texts/s",
                        "ratio to the loop");
        List<String> texts = texts(MOST_TEXTS);
        for (Load load :
                List.of(
                        new Load(256, 1, 32),
                        new Load(256, 16, 32),
                        new Load(16, 1, 100),
                        new Load(16, 16, 400),
                        new Load(1, 1, 100),
                        new Load(1, 16, 800))) {
            ask(client, load, texts);
            List<Double> asked = new ArrayList<>();
            List<Double> looped = new ArrayList<>();
            for (int i = 0; i < repetitions; i++) {
                looped.add(load.all() / loop(plain, load.all(), texts));
                asked.add(load.all() / ask(client, load, texts));
            }
            Sample through = Sample.of(asked);
            Sample bare = Sample.of(looped);
            table.add(
                    Integer.toString(load.texts()),
                    Integer.toString(load.callers()),
                    Table.withSpread(through, 0),
                    Table.withSpread(bare, 0),
                    Table.withSpread(through.over(bare), 2));
            progress.accept(load + " done");
        }
        results.accept(
                table
                        + "\n\nThe loop infers batches of %d texts, on one thread.\n"
                                .formatted(BATCH));
    }

    private static double loop(PlainEmbedder plain, int count, List<String> texts)
            throws OrtException {
        long start = System.nanoTime();
        for (int from = 0; from < count; from += BATCH) {
            plain.embed(texts.subList(from, Math.min(count, from + BATCH)));
        }
        return (System.nanoTime() - start) / 1e9;
    }

    private static double ask(BrigadeClient client, Load load, List<String> texts)
            throws InterruptedException {
        try (ExecutorService callers =
                Executors.newFixedThreadPool(
                        load.callers(), Thread.ofPlatform().name("caller-", 0).factory())) {
            long start = System.nanoTime();
            List<Future<EmbeddingAnswer>> answers =
                    IntStream.range(0, load.requests())
                            .mapToObj(i ->
                                    callers.submit(() -> client.embed(request(load, texts, i))))
                            .toList();
            for (Future<EmbeddingAnswer> answer : answers) {
                if (answer.get(LIMIT_S, TimeUnit.SECONDS).vectors().size() != load.texts()) {
                    throw new IllegalStateException("vectors are missing");
                }
            }
            return (System.nanoTime() - start) / 1e9;
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("a request for vectors failed", e);
        }
    }

    private static EmbeddingRequest request(Load load, List<String> texts, int number) {
        int from = number * load.texts();
        return EmbeddingRequest.builder()
                .model(MODEL)
                .texts(texts.subList(from, from + load.texts()))
                .build();
    }

    private static List<String> texts(int count) {
        Random random = new Random(7);
        return IntStream.range(0, count)
                .mapToObj(i ->
                        random.ints(6 + random.nextInt(12), 0, WORDS.size())
                                .mapToObj(WORDS::get)
                                .collect(Collectors.joining(" ")))
                .toList();
    }
}
