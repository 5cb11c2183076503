package dev.brigade.bench.images;

import ai.onnxruntime.OrtException;
import dev.brigade.bench.figures.Sample;
import dev.brigade.bench.figures.Table;
import dev.brigade.bench.programs.BenchFolder;
import dev.brigade.client.BrigadeClient;
import dev.brigade.client.EmbeddingRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Vectors of texts through Kafka against a plain loop with the same model, by turns in one run. */
public final class EmbeddingBench {

    private static final int MOST_TEXTS = 8_192;

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
        try (EmbeddingSystem system = EmbeddingSystem.start(folder, "embeddings")) {
            measure(system.client(), system.plain(), repetitions);
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
        List<String> texts = SampleTexts.of(MOST_TEXTS);
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
                looped.add(load.all() / loop(plain, texts.subList(0, load.all())));
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
                                .formatted(PlainEmbedder.BATCH));
    }

    private static double loop(PlainEmbedder plain, List<String> texts) throws OrtException {
        long start = System.nanoTime();
        plain.embedAll(texts);
        return (System.nanoTime() - start) / 1e9;
    }

    private static double ask(BrigadeClient client, Load load, List<String> texts)
            throws InterruptedException {
        return EmbeddingSystem.seconds(
                load.callers(),
                load.requests(),
                number -> {
                    if (client.embed(request(load, texts, number)).vectors().size()
                            != load.texts()) {
                        throw new IllegalStateException("vectors are missing");
                    }
                });
    }

    private static EmbeddingRequest request(Load load, List<String> texts, int number) {
        int from = number * load.texts();
        return EmbeddingRequest.builder()
                .model(EmbeddingSystem.MODEL)
                .texts(texts.subList(from, from + load.texts()))
                .build();
    }
}
