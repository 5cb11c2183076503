package dev.brigade.bench.sagas;

import dev.brigade.bench.figures.Table;
import dev.brigade.bench.programs.BenchFolder;
import dev.brigade.bench.programs.BenchSystem;
import dev.brigade.contract.topic.Topics;
import dev.brigade.schema.Job;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What the dispatcher stores of one open saga, by mode and stage: keys and values as they are
 * logged. One saga at a time is walked to its end, each stage answered when the sizes are read.
 */
final class StateBench {

    private final Consumer<String> progress;
    private final Table table = new Table("mode", "stages done", "out now", "bytes", "by store");

    StateBench(Consumer<String> progress) {
        this.progress = progress;
    }

    Table measure(BenchFolder folder) throws IOException, InterruptedException {
        try (BenchSystem system = BenchSystem.start(folder, "state");
                PlayedSagas sagas = PlayedSagas.announce(system, PlayedSagas.UNLIMITED)) {
            system.dispatcher(PlayedSagas.PATIENT).awaitReady();
            List<String> topics = new ArrayList<>(List.of(Topics.REPLIES));
            PlayedSagas.MODELS.forEach(model -> topics.add(Topics.model(model)));
            try (LogTail tail = new LogTail(system.bootstrapServers(), topics);
                    Changelogs changelogs = new Changelogs(system.bootstrapServers())) {
                for (SagaMode mode : SagaMode.values()) {
                    progress.accept("walking through a saga of mode " + mode.wireName());
                    walk(mode, sagas, tail, changelogs);
                }
            }
        }
        return table;
    }

    private void walk(SagaMode mode, PlayedSagas sagas, LogTail tail, Changelogs changelogs) {
        String id = sagas.send(mode, 1).getFirst();
        List<String> done = new ArrayList<>();
        while (true) {
            List<ConsumerRecord<String, byte[]>> records = tail.awaitQuiet();
            List<Job> out = jobs(sagas, records);
            add(mode, done, out, changelogs.bytesOf(id));
            if (records.stream().anyMatch(record -> record.topic().equals(Topics.REPLIES))) {
                return;
            }
            out.forEach(job -> done.add(job.getStage()));
            sagas.answer(out);
        }
    }

    private static List<Job> jobs(PlayedSagas sagas, List<ConsumerRecord<String, byte[]>> records) {
        return records.stream()
                .filter(record -> !record.topic().equals(Topics.REPLIES))
                .map(record -> sagas.read(record, Job.class))
                .toList();
    }

    private void add(SagaMode mode, List<String> done, List<Job> out, Map<String, Long> bytes) {
        table.add(
                mode.wireName(),
                Integer.toString(done.size()),
                out.isEmpty() ? "ended" : named(out),
                Long.toString(bytes.values().stream().mapToLong(Long::longValue).sum()),
                bytes.entrySet().stream()
                        .map(store -> "%s %d".formatted(store.getKey(), store.getValue()))
                        .collect(Collectors.joining(", ")));
    }

    private static String named(List<Job> out) {
        List<String> stages = out.stream().map(Job::getStage).sorted().toList();
        return stages.size() < 3
                ? String.join(", ", stages)
                : "%d, such as %s".formatted(stages.size(), stages.getFirst());
    }
}
