package dev.brigade.bench.sagas;

import dev.brigade.bench.programs.BenchFolder;
import java.io.IOException;
import java.util.function.Consumer;

/** What sagas cost: time beside their models', state, and memory of many open ones. */
public final class SagaBench {

    private final BenchFolder folder;
    private final Consumer<String> results;
    private final Consumer<String> progress;

    public SagaBench(BenchFolder folder, Consumer<String> results, Consumer<String> progress) {
        this.folder = folder;
        this.results = results;
        this.progress = progress;
    }

    /**
     * Measures.
     *
     * @param repetitions sagas of each mode whose time is taken
     * @param openSagas held open at most
     */
    public void run(int repetitions, int openSagas) throws IOException, InterruptedException {
        results.accept("## Sagas\n\n### Overhead\n");
        results.accept(new OverheadBench(progress).measure(folder, repetitions).toString());
        results.accept("\n### State of an open saga\n");
        results.accept(new StateBench(progress).measure(folder).toString());
        results.accept("\n### Many open sagas\n");
        for (CapacityBench.Place place : CapacityBench.Place.values()) {
            results.accept(new CapacityBench(folder, progress).measure(place, openSagas) + "\n");
        }
    }
}
