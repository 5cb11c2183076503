package dev.brigade.bench.sagas;

import dev.brigade.bench.figures.Sample;
import dev.brigade.bench.figures.Table;
import dev.brigade.bench.programs.BenchFolder;
import dev.brigade.bench.programs.BenchSystem;
import dev.brigade.bench.programs.RunningProgram;
import dev.brigade.client.Answer;
import dev.brigade.client.BrigadeClient;
import dev.brigade.client.ClientSettings;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;

/**
 * What a stage costs beside its model's time, by mode: one saga at a time, the modes by turns, on
 * the whole system with models that only take time.
 */
final class OverheadBench {

    private static final int WARM_UP = 10;
    private static final Duration DEADLINE = Duration.ofMinutes(2);
    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final String QUESTION = "A question of about the length that people ask.";

    private final Consumer<String> progress;
    private final Map<SagaMode, List<Measured>> measured = new EnumMap<>(SagaMode.class);

    /**
     * One saga.
     *
     * @param callerMs from before its sending to behind its answer, at the caller
     */
    private record Measured(SagaTime time, double callerMs) {}

    OverheadBench(Consumer<String> progress) {
        this.progress = progress;
    }

    /**
     * Measures.
     *
     * @param repetitions sagas of each mode
     */
    Table measure(BenchFolder folder, int repetitions) throws IOException, InterruptedException {
        try (BenchSystem system = BenchSystem.start(folder, "overhead")) {
            system.configure(TimedModels.yaml(), TimedModels.files());
            RunningProgram dispatcher = system.dispatcher(Map.of());
            RunningProgram worker = system.worker();
            dispatcher.awaitReady();
            worker.awaitReady();
            try (BrigadeClient client =
                    BrigadeClient.open(ClientSettings.of(system.bootstrapServers()))) {
                turns(client, WARM_UP);
                measured.clear();
                turns(client, repetitions);
            }
        }
        return table();
    }

    private void turns(BrigadeClient client, int turns) throws InterruptedException {
        for (int turn = 0; turn < turns; turn++) {
            for (SagaMode mode : SagaMode.values()) {
                measured.computeIfAbsent(mode, m -> new ArrayList<>())
                        .add(saga(client, mode, "%s %d".formatted(QUESTION, turn)));
            }
            progress.accept("sagas of each mode: %d of %d".formatted(turn + 1, turns));
        }
    }

    private static Measured saga(BrigadeClient client, SagaMode mode, String question)
            throws InterruptedException {
        long start = System.nanoTime();
        try {
            Answer answer =
                    client.send(mode.request(question, DEADLINE))
                            .get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
            return new Measured(SagaTime.of(answer.reply()), (System.nanoTime() - start) / 1e6);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("no answer in mode " + mode.wireName(), e);
        }
    }

    private Table table() {
        Table table =
                new Table(
                        "mode",
                        "stages waited for",
                        "their models' ms",
                        "overhead ms, p50",
                        "p95",
                        "of a stage, p50",
                        "p95",
                        "of single's, p50",
                        "p95",
                        "caller's ms, p50");
        Sample single = of(SagaMode.SINGLE, m -> m.time().overheadOfAStageMs());
        for (SagaMode mode : SagaMode.values()) {
            Sample overhead = of(mode, m -> m.time().overheadMs());
            Sample stage = of(mode, m -> m.time().overheadOfAStageMs());
            table.add(
                    mode.wireName(),
                    Table.number(of(mode, m -> m.time().path().stages().size()).median(), 0),
                    Table.number(of(mode, m -> m.time().path().modelMs()).median(), 0),
                    Table.number(overhead.median(), 1),
                    Table.number(overhead.quantile(0.95), 1),
                    Table.number(stage.median(), 1),
                    Table.number(stage.quantile(0.95), 1),
                    Table.number(stage.median() / single.median(), 2),
                    Table.number(stage.quantile(0.95) / single.quantile(0.95), 2),
                    Table.number(of(mode, Measured::callerMs).median(), 1));
        }
        return table;
    }

    private Sample of(SagaMode mode, ToDoubleFunction<Measured> value) {
        return Sample.of(
                measured.getOrDefault(mode, List.of()).stream().map(value::applyAsDouble).toList());
    }
}
