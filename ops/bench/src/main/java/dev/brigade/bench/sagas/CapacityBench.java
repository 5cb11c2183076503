package dev.brigade.bench.sagas;

import dev.brigade.bench.figures.Line;
import dev.brigade.bench.figures.Table;
import dev.brigade.bench.programs.BenchFolder;
import dev.brigade.bench.programs.BenchSystem;
import dev.brigade.bench.programs.ProcessMemory;
import dev.brigade.bench.programs.RunningProgram;
import dev.brigade.contract.topic.Topics;
import dev.brigade.schema.Job;
import dev.brigade.schema.JobReady;
import dev.brigade.schema.QueueEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Memory of a dispatcher that holds more and more open sagas: pipelines whose draft of 1 kB is done
 * and whose refining waits in the dispatcher's queue, or is out with a worker. A dispatcher of its
 * own for each of the two.
 */
final class CapacityBench {

    /**
     * Of a process that is to take 1 GiB: beside it are 128 MB of the stores', code and threads.
     */
    static final int HEAP_MB = 640;

    private static final int STEP = 1_000;
    private static final double GIB_IN_MB = 1_024;

    /** The serial collector's old generation, in which what lives long must fit. */
    private static final double OLD_MB = HEAP_MB * 2 / 3.0;

    private static final long LIMIT_NANOS = TimeUnit.MINUTES.toNanos(5);
    private static final long SETTLE_MS = 2_000;

    private final BenchFolder folder;
    private final Consumer<String> progress;

    /** Where an open saga's next stage is. */
    enum Place {
        /** In the dispatcher's queue, since no worker takes it. */
        WAITING("waiting in the queue", 0),
        /** With a worker. */
        OUT("out with a worker", PlayedSagas.UNLIMITED);

        private final String title;
        private final int places;

        Place(String title, int places) {
            this.title = title;
            this.places = places;
        }
    }

    private record Reading(int sagas, ProcessMemory memory, double diskMb) {}

    CapacityBench(BenchFolder folder, Consumer<String> progress) {
        this.folder = folder;
        this.progress = progress;
    }

    /**
     * Opens sagas, a thousand at a time, until there are so many or the process has 1 GiB.
     *
     * @param sagas at most
     */
    String measure(Place place, int sagas) throws IOException, InterruptedException {
        List<Reading> readings = new ArrayList<>();
        String name = "capacity-" + place.name().toLowerCase(Locale.ROOT);
        try (BenchSystem system = BenchSystem.start(folder, name);
                PlayedSagas played = PlayedSagas.announce(system, place.places)) {
            RunningProgram dispatcher =
                    system.dispatcher(PlayedSagas.PATIENT, HEAP_MB).awaitReady();
            List<String> topics = List.of(Topics.QUEUE, Topics.model(PlayedSagas.FAST));
            try (LogTail tail = new LogTail(system.bootstrapServers(), topics)) {
                int open = 0;
                while (open < sagas && !isFull(readings) && open(played, tail, dispatcher)) {
                    open += STEP;
                    readings.add(reading(system, dispatcher, open));
                }
            }
        }
        return told(place, readings);
    }

    private static boolean isFull(List<Reading> readings) {
        return !readings.isEmpty() && readings.getLast().memory().residentMb() >= GIB_IN_MB;
    }

    /**
     * Sends a thousand requests, answers their drafts, and waits until the refining of all is in
     * the queue; false when the dispatcher ends over it.
     */
    private boolean open(PlayedSagas played, LogTail tail, RunningProgram dispatcher) {
        played.send(SagaMode.PIPELINE, STEP);
        int refining = 0;
        long giveUpAt = System.nanoTime() + LIMIT_NANOS;
        while (refining < STEP) {
            if (!dispatcher.process().isAlive()) {
                progress.accept("the dispatcher has ended");
                return false;
            }
            if (System.nanoTime() > giveUpAt) {
                throw new IllegalStateException(
                        "only %d of %d sagas came to their second stage".formatted(refining, STEP));
            }
            List<Job> drafts = new ArrayList<>();
            for (ConsumerRecord<String, byte[]> record : tail.poll()) {
                if (!record.topic().equals(Topics.QUEUE)) {
                    drafts.add(played.read(record, Job.class));
                } else if (isRefining(played.read(record, QueueEvent.class))) {
                    refining++;
                }
            }
            if (!drafts.isEmpty()) {
                played.answer(drafts);
            }
        }
        return true;
    }

    private static boolean isRefining(QueueEvent event) {
        return event.getModel().equals(PlayedSagas.THINKER) && event.getEvent() instanceof JobReady;
    }

    private Reading reading(BenchSystem system, RunningProgram dispatcher, int sagas)
            throws IOException, InterruptedException {
        Thread.sleep(SETTLE_MS);
        ProcessMemory memory = ProcessMemory.of(dispatcher.process().pid());
        Reading reading = new Reading(sagas, memory, diskMb(system.stateOf(dispatcher.name())));
        progress.accept(
                "%d open sagas: %.0f MB resident, %.1f MB of live heap"
                        .formatted(sagas, memory.residentMb(), memory.liveHeapMb()));
        return reading;
    }

    private static double diskMb(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).mapToLong(f -> f.toFile().length()).sum()
                    / GIB_IN_MB
                    / GIB_IN_MB;
        }
    }

    private static String told(Place place, List<Reading> readings) {
        Table table = new Table("open sagas", "resident MB", "live heap MB", "stores on disk MB");
        for (Reading reading : readings) {
            table.add(
                    Integer.toString(reading.sagas()),
                    Table.number(reading.memory().residentMb(), 0),
                    Table.number(reading.memory().liveHeapMb(), 1),
                    Table.number(reading.diskMb(), 1));
        }
        String heading = "Second stage %s, heap %d MB:".formatted(place.title, HEAP_MB);
        return readings.size() < 2
                ? heading + "\n\n" + table
                : heading + "\n\n" + table + "\n\n" + extrapolated(readings);
    }

    private static String extrapolated(List<Reading> readings) {
        Line heap =
                Line.through(
                        readings.stream()
                                .map(r -> new Line.Point(r.sagas(), r.memory().liveHeapMb()))
                                .toList());
        Line resident =
                Line.through(
                        readings.stream()
                                .map(r -> new Line.Point(r.sagas(), r.memory().residentMb()))
                                .toList());
        return """
        A thousand more take %s MB of live heap and %s MB of resident memory. Extrapolated, the old generation of %s MB \
        is full at %s sagas, and 1 GiB resident is reached at %s.\
        """
                .formatted(
                        Table.number(heap.slope() * STEP, 2),
                        Table.number(resident.slope() * STEP, 2),
                        Table.number(OLD_MB, 0),
                        count(heap.reaches(OLD_MB)),
                        count(resident.reaches(GIB_IN_MB)));
    }

    private static String count(double sagas) {
        return Double.isInfinite(sagas) ? "no number of" : Table.number(sagas, 0);
    }
}
