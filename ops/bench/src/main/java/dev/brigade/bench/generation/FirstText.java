package dev.brigade.bench.generation;

import dev.brigade.bench.figures.Sample;
import dev.brigade.bench.figures.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Time from the call to the first piece of text, one request at a time, every way with the same
 * prompt in turn and the broker's own round trip between them.
 */
final class FirstText {

    private static final int TOKENS = 4;
    private static final double MS = 1e6;

    private final List<Way> ways;
    private final BrokerRoundTrip roundTrip;
    private final Consumer<String> progress;
    private final Map<Way, List<Double>> times = new LinkedHashMap<>();
    private final List<Double> brokerTimes = new ArrayList<>();
    private int differentTexts;

    /**
     * @param ways the bare engine first
     */
    FirstText(List<Way> ways, BrokerRoundTrip roundTrip, Consumer<String> progress) {
        this.ways = ways;
        this.roundTrip = roundTrip;
        this.progress = progress;
    }

    /**
     * @param firstPrompt number of a prompt that nobody has had, nor any behind it
     */
    String measure(int firstPrompt, int requests) throws InterruptedException {
        for (int i = 0; i < requests; i++) {
            once(Prompt.numbered(firstPrompt + i, TOKENS));
            if ((i + 1) % 20 == 0) {
                progress.accept("first token: %d of %d requests".formatted(i + 1, requests));
            }
        }
        return "%s%n%nAnswers that differ from the bare engine's: %d of %d."
                .formatted(table(), differentTexts, requests * (ways.size() - 1));
    }

    private void once(Prompt prompt) throws InterruptedException {
        String expected = null;
        for (Way way : ways) {
            Generated generated = way.generate(prompt);
            times.computeIfAbsent(way, w -> new ArrayList<>()).add(generated.firstTextNanos() / MS);
            expected = expected == null ? generated.text() : expected;
            if (!generated.text().equals(expected)) {
                differentTexts++;
                progress.accept(
                        "%s: by %s '%s', by %s '%s'"
                                .formatted(
                                        prompt.text(),
                                        way.name(),
                                        generated.text(),
                                        ways.getFirst().name(),
                                        expected));
            }
            brokerTimes.add(roundTrip.nanos() / MS);
        }
    }

    private Table table() {
        Sample broker = Sample.of(brokerTimes);
        Table table =
                new Table(
                        "way",
                        "p50 ms",
                        "p90 ms",
                        "p99 ms",
                        "most ms",
                        "added p50 ms",
                        "added p99 ms",
                        "added p50 in round trips");
        row(table, "broker round trip, 1 KB", broker, "", "", "");
        Sample bare = Sample.of(times.getOrDefault(ways.getFirst(), List.of()));
        times.forEach((way, values) -> {
            Sample sample = Sample.of(values);
            Sample added = sample.minus(bare);
            row(
                    table,
                    way.name(),
                    sample,
                    Table.number(added.median(), 1),
                    Table.number(added.quantile(0.99), 1),
                    Table.number(added.median() / broker.median(), 1));
        });
        return table;
    }

    private static void row(
            Table table, String name, Sample sample, String p50, String p99, String ratio) {
        table.add(
                name,
                Table.number(sample.median(), 1),
                Table.number(sample.quantile(0.9), 1),
                Table.number(sample.quantile(0.99), 1),
                Table.number(sample.most(), 1),
                p50,
                p99,
                ratio);
    }
}
