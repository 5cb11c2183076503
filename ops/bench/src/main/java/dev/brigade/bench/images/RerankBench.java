package dev.brigade.bench.images;

import ai.onnxruntime.OrtException;
import dev.brigade.bench.figures.Sample;
import dev.brigade.bench.figures.Table;
import dev.brigade.bench.programs.BenchFolder;
import dev.brigade.client.BrigadeClient;
import dev.brigade.client.RerankRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Documents rated through Kafka against a plain loop that embeds query and documents with the same
 * model and takes the cosines, by turns in one run. Both must give the same scores.
 */
public final class RerankBench {

    private static final int MOST_DOCUMENTS = 8_000;
    private static final double SAME = 1e-3;

    /**
     * How documents are rated.
     *
     * @param documents of one request
     * @param callers that ask at the same time, each one request after the other
     */
    private record Load(int documents, int callers, int requests) {

        int all() {
            return documents * requests;
        }

        List<String> of(List<String> documents, int number) {
            return documents.subList(number * this.documents, (number + 1) * this.documents);
        }
    }

    private final BenchFolder folder;
    private final Consumer<String> results;
    private final Consumer<String> progress;
    private final List<String> documents = SampleTexts.of(MOST_DOCUMENTS);

    public RerankBench(BenchFolder folder, Consumer<String> results, Consumer<String> progress) {
        this.folder = folder;
        this.results = results;
        this.progress = progress;
    }

    /** Measures each load as often as asked for. */
    public void run(int repetitions) throws IOException, InterruptedException, OrtException {
        Table table =
                new Table(
                        "documents a request",
                        "callers",
                        "documents/s",
                        "loop, documents/s",
                        "ratio to the loop");
        try (EmbeddingSystem system = EmbeddingSystem.start(folder, "ranking")) {
            checkSame(system);
            for (Load load :
                    List.of(
                            new Load(1_000, 1, 8),
                            new Load(100, 1, 40),
                            new Load(100, 16, 80),
                            new Load(10, 1, 80),
                            new Load(10, 16, 400))) {
                table.add(row(system, load, repetitions));
                progress.accept(load + " done");
            }
        }
        results.accept(table.toString());
    }

    private String[] row(EmbeddingSystem system, Load load, int repetitions)
            throws InterruptedException, OrtException {
        ask(system.client(), load);
        List<Double> asked = new ArrayList<>();
        List<Double> looped = new ArrayList<>();
        for (int i = 0; i < repetitions; i++) {
            looped.add(load.all() / loop(system.plain(), load));
            asked.add(load.all() / ask(system.client(), load));
        }
        Sample through = Sample.of(asked);
        Sample bare = Sample.of(looped);
        return new String[] {
            Integer.toString(load.documents()),
            Integer.toString(load.callers()),
            Table.withSpread(through, 0),
            Table.withSpread(bare, 0),
            Table.withSpread(through.over(bare), 2)
        };
    }

    private double loop(PlainEmbedder plain, Load load) throws OrtException {
        long start = System.nanoTime();
        for (int i = 0; i < load.requests(); i++) {
            cosines(plain, query(i), load.of(documents, i));
        }
        return (System.nanoTime() - start) / 1e9;
    }

    private double ask(BrigadeClient client, Load load) throws InterruptedException {
        return EmbeddingSystem.seconds(
                load.callers(),
                load.requests(),
                i -> scores(client, query(i), load.of(documents, i)));
    }

    private void checkSame(EmbeddingSystem system) throws OrtException {
        List<String> some = documents.subList(0, 100);
        List<Double> wanted = cosines(system.plain(), query(0), some);
        List<Double> scores = scores(system.client(), query(0), some);
        for (int i = 0; i < some.size(); i++) {
            if (Math.abs(scores.get(i) - wanted.get(i)) > SAME) {
                throw new IllegalStateException(
                        "document %d has the score %s, and the loop's is %s"
                                .formatted(i, scores.get(i), wanted.get(i)));
            }
        }
    }

    private String query(int number) {
        return documents.get(MOST_DOCUMENTS - 1 - number);
    }

    private static List<Double> scores(BrigadeClient client, String query, List<String> documents) {
        List<Double> scores =
                client.rerank(
                                RerankRequest.builder(query)
                                        .model(EmbeddingSystem.MODEL)
                                        .documents(documents)
                                        .build())
                        .scores();
        if (scores.size() != documents.size()) {
            throw new IllegalStateException("scores are missing");
        }
        return scores;
    }

    /** Of vectors of length 1. */
    private static List<Double> cosines(PlainEmbedder plain, String query, List<String> documents)
            throws OrtException {
        float[] wanted = plain.embed(List.of(query))[0];
        List<Double> cosines = new ArrayList<>();
        for (float[] vector : plain.embedAll(documents)) {
            double sum = 0;
            for (int i = 0; i < vector.length; i++) {
                sum += (double) vector[i] * wanted[i];
            }
            cosines.add(sum);
        }
        return cosines;
    }
}
