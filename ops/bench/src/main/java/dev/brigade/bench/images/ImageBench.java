package dev.brigade.bench.images;

import ai.onnxruntime.OrtException;
import dev.brigade.bench.figures.Sample;
import dev.brigade.bench.figures.Table;
import dev.brigade.bench.programs.BenchFolder;
import dev.brigade.bench.programs.BenchSystem;
import dev.brigade.bench.programs.ProcessMemory;
import dev.brigade.bench.programs.RunningProgram;
import dev.brigade.client.BrigadeClient;
import dev.brigade.client.ClientSettings;
import dev.brigade.demo.drawing.DrawImages;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A batch of drawn images through Kafka against a plain loop of the same threads, by turns in one
 * run; the memory of worker and dispatcher meanwhile; and what a worker's sudden end costs.
 */
public final class ImageBench {

    private static final String MODEL = "brigade-demo-vision";
    private static final int DISTINCT = 500;
    private static final long SEED = 20_261_121;
    private static final int BATCH = 32;
    private static final int WORKER_HEAP_MB = 768;

    private final BenchFolder folder;
    private final Consumer<String> results;
    private final Consumer<String> progress;

    public ImageBench(BenchFolder folder, Consumer<String> results, Consumer<String> progress) {
        this.folder = folder;
        this.results = results;
        this.progress = progress;
    }

    /**
     * Measures.
     *
     * @param repetitions of each contender, by turns
     * @param images of a batch; {@value #DISTINCT} different ones, repeated
     */
    public void run(int repetitions, int images)
            throws IOException, InterruptedException, OrtException {
        Path models = folder.root().resolve("ops/demo-models/models");
        try (BenchSystem system = BenchSystem.start(folder, "images");
                PlainClassifier plain =
                        new PlainClassifier(models.resolve(MODEL), threads(), BATCH)) {
            Path pictures = system.stateOf("pictures");
            List<Path> distinct =
                    DrawImages.into(pictures, Math.min(DISTINCT, images), SEED).stream()
                            .map(DrawImages.Drawn::file)
                            .toList();
            List<Path> files =
                    IntStream.range(0, images)
                            .mapToObj(i -> distinct.get(i % distinct.size()))
                            .toList();
            system.configure(folder.root().resolve("config"), models);
            RunningProgram dispatcher = system.dispatcher(Map.of());
            Replaceable worker = new Replaceable(worker(system, pictures));
            dispatcher.awaitReady();
            worker.program.awaitReady();
            try (BrigadeClient client =
                    BrigadeClient.open(
                            ClientSettings.builder(system.bootstrapServers())
                                    .payloads(system.stateOf("payloads").toString())
                                    .build())) {
                progress.accept("warming up with %d images each way".formatted(distinct.size()));
                plain.classify(distinct);
                new BatchJob().run(client, distinct, () -> {});
                Sample undisturbed =
                        compare(client, plain, files, repetitions, dispatcher, worker.program);
                kill(client, files, system, pictures, worker, undisturbed);
            }
        }
    }

    private static int threads() {
        return Math.max(2, Runtime.getRuntime().availableProcessors());
    }

    private static RunningProgram worker(BenchSystem system, Path pictures) throws IOException {
        return system.worker(
                Map.of(
                        "INFERENCE_IMAGE_ROOTS", pictures.toString(),
                        "INFERENCE_PAYLOADS", system.stateOf("payloads").toString(),
                        "INFERENCE_PRELOAD_MODELS", MODEL),
                WORKER_HEAP_MB);
    }

    private Sample compare(
            BrigadeClient client,
            PlainClassifier plain,
            List<Path> files,
            int repetitions,
            RunningProgram dispatcher,
            RunningProgram worker)
            throws IOException, InterruptedException, OrtException {
        List<Double> loops = new ArrayList<>();
        List<Double> jobs = new ArrayList<>();
        List<ResidentWatch.Seen> workers = new ArrayList<>();
        List<ResidentWatch.Seen> dispatchers = new ArrayList<>();
        List<Double> workerHeaps = new ArrayList<>();
        List<Double> dispatcherHeaps = new ArrayList<>();
        for (int i = 0; i < repetitions; i++) {
            long start = System.nanoTime();
            plain.classify(files);
            loops.add((System.nanoTime() - start) / 1e9);
            BatchJob job = new BatchJob();
            ResidentWatch ofWorker = new ResidentWatch("worker", worker.process().pid(), job::over);
            ResidentWatch ofDispatcher =
                    new ResidentWatch("dispatcher", dispatcher.process().pid(), job::over);
            jobs.add(job.run(client, files, () -> {}).seconds());
            ofWorker.end();
            ofDispatcher.end();
            workers.add(ofWorker.seen());
            dispatchers.add(ofDispatcher.seen());
            workerHeaps.add(ProcessMemory.of(worker.process().pid()).liveHeapMb());
            dispatcherHeaps.add(ProcessMemory.of(dispatcher.process().pid()).liveHeapMb());
            progress.accept(
                    "%d images: loop %.1f s, batch %.1f s"
                            .formatted(files.size(), loops.getLast(), jobs.getLast()));
        }
        Sample loop = Sample.of(loops);
        Sample job = Sample.of(jobs);
        Table table =
                new Table("%,d images".formatted(files.size()), "images/s", "ratio to the loop");
        table.add("plain loop", rate(files, loop), "1");
        table.add("batch through Kafka", rate(files, job), Table.withSpread(loop.over(job), 2));
        results.accept("### A batch against a plain loop\n\n" + table);
        results.accept(
                "\nDecoder threads both ways: %d. Inference: one thread, batches of at most %d.\n"
                        .formatted(threads(), BATCH));
        Table memory =
                new Table(
                        "program",
                        "resident MiB at first",
                        "at most",
                        "growth per 1,000 images",
                        "live heap MiB after each batch");
        memory(memory, "worker", workers, workerHeaps);
        memory(memory, "dispatcher", dispatchers, dispatcherHeaps);
        results.accept("### Memory during the batches\n\n" + memory + "\n");
        return job;
    }

    private static String rate(List<Path> files, Sample seconds) {
        return Table.withSpread(
                Sample.of(
                                IntStream.range(0, seconds.size())
                                        .mapToObj(i -> (double) files.size())
                                        .toList())
                        .over(seconds),
                0);
    }

    private static void memory(
            Table table, String name, List<ResidentWatch.Seen> seen, List<Double> heaps) {
        table.add(
                name,
                Table.number(seen.getFirst().first(), 0),
                Table.number(
                        seen.stream().mapToDouble(ResidentWatch.Seen::most).max().orElseThrow(), 0),
                Table.withSpread(
                        Sample.of(seen.stream().map(ResidentWatch.Seen::growth).toList()), 2),
                heaps.stream()
                        .map(each -> Table.number(each, 1))
                        .collect(Collectors.joining(", ")));
    }

    private void kill(
            BrigadeClient client,
            List<Path> files,
            BenchSystem system,
            Path pictures,
            Replaceable worker,
            Sample undisturbed)
            throws InterruptedException {
        BatchJob.Ended ended =
                new BatchJob().run(client, files, () -> restart(system, pictures, worker));
        PartStarts starts = PartStarts.of(system.bootstrapServers(), ended.requestId());
        Table table =
                new Table("batch", "s", "ratio", "parts", "attempts at parts", "results twice");
        table.add("undisturbed, median", Table.number(undisturbed.median(), 1), "1", "", "", "0");
        table.add(
                "worker killed with -9 in the middle, then started again",
                Table.number(ended.seconds(), 1),
                Table.number(ended.seconds() / undisturbed.median(), 2),
                Integer.toString(starts.parts()),
                Integer.toString(starts.starts()),
                "0");
        results.accept("### A worker's sudden end\n\n" + table + "\n");
    }

    private void restart(BenchSystem system, Path pictures, Replaceable worker) {
        progress.accept("killing the worker");
        ProcessHandle.of(worker.program.process().pid()).ifPresent(ProcessHandle::destroyForcibly);
        try {
            worker.program = worker(system, pictures);
        } catch (IOException e) {
            throw new IllegalStateException("the worker cannot be started again", e);
        }
    }

    /** The worker that runs now. */
    private static final class Replaceable {

        private volatile RunningProgram program;

        Replaceable(RunningProgram program) {
            this.program = program;
        }
    }
}
