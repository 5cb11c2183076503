package dev.brigade.bench.generation;

import dev.brigade.bench.figures.Sample;
import dev.brigade.bench.figures.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Tokens per second by every way, by turns, and what is left of the bare engine's. */
final class Throughput {

    private static final int[] STREAMS = {1, 4, 8};
    private static final int REQUESTS_EACH = 2;

    private final List<Way> ways;
    private final int repetitions;
    private final int tokens;
    private final Consumer<String> progress;

    /**
     * @param ways the bare engine first
     */
    Throughput(List<Way> ways, int repetitions, int tokens, Consumer<String> progress) {
        this.ways = ways;
        this.repetitions = repetitions;
        this.tokens = tokens;
        this.progress = progress;
    }

    /**
     * @param firstPrompt number of a prompt that nobody has had, nor any behind it
     */
    Table measure(int firstPrompt) throws InterruptedException {
        Table table = new Table("streams", "way", "tokens/s", "of the bare engine's");
        int prompt = firstPrompt;
        for (int streams : STREAMS) {
            StreamLoad load = new StreamLoad(streams, REQUESTS_EACH, tokens);
            Map<Way, Sample> speeds = speeds(load, prompt);
            prompt += load.prompts() * repetitions;
            add(table, streams, speeds);
        }
        return table;
    }

    private Map<Way, Sample> speeds(StreamLoad load, int firstPrompt) throws InterruptedException {
        Map<Way, List<Double>> speeds = new LinkedHashMap<>();
        for (int repetition = 0; repetition < repetitions; repetition++) {
            int prompt = firstPrompt + repetition * load.prompts();
            for (Way way : ways) {
                double speed = load.tokensPerSecond(way, prompt);
                speeds.computeIfAbsent(way, w -> new ArrayList<>()).add(speed);
                progress.accept(
                        "%d streams, %s: %.1f tokens/s"
                                .formatted(load.streams(), way.name(), speed));
            }
        }
        Map<Way, Sample> samples = new LinkedHashMap<>();
        speeds.forEach((way, values) -> samples.put(way, Sample.of(values)));
        return samples;
    }

    private void add(Table table, int streams, Map<Way, Sample> speeds) {
        Sample bare = speeds.values().iterator().next();
        speeds.forEach((way, speed) ->
                table.add(
                        Integer.toString(streams),
                        way.name(),
                        Table.withSpread(speed, 1),
                        Table.withSpread(speed.over(bare), 2)));
    }
}
