package dev.brigade.bench.images;

import dev.brigade.bench.figures.Line;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntSupplier;

/** Looks at a process's resident memory while it works. */
final class ResidentWatch {

    private static final long LOOK_MS = 250;
    private static final double KB_OF_MB = 1024;
    private static final double THOUSAND = 1000;

    private final Path status;
    private final IntSupplier done;
    private final List<Line.Point> looks = new ArrayList<>();
    private final Thread watcher;
    private volatile boolean ended;

    /**
     * @param done images that are over, asked at each look
     */
    ResidentWatch(String name, long pid, IntSupplier done) {
        this.status = Path.of("/proc", Long.toString(pid), "status");
        this.done = done;
        this.watcher = Thread.ofPlatform().daemon().name("resident-" + name).start(this::watch);
    }

    private void watch() {
        try {
            while (!ended) {
                double mb = residentMb(status);
                synchronized (looks) {
                    looks.add(new Line.Point(done.getAsInt() / THOUSAND, mb));
                }
                Thread.sleep(LOOK_MS);
            }
        } catch (IOException ended) {
            // The process is gone; what was seen stays.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    static double residentMb(Path status) throws IOException {
        for (String line : Files.readAllLines(status)) {
            if (line.startsWith("VmRSS:")) {
                return Double.parseDouble(line.replaceAll("[^0-9]", "")) / KB_OF_MB;
            }
        }
        throw new IOException("the process has no memory any more");
    }

    /** What was seen: first, most, and growth per 1,000 images over the second half of the job. */
    Seen seen() {
        synchronized (looks) {
            List<Line.Point> later = looks.subList(looks.size() / 2, looks.size());
            boolean moved = later.getFirst().x() < later.getLast().x();
            return new Seen(
                    looks.getFirst().y(),
                    looks.stream().mapToDouble(Line.Point::y).max().orElseThrow(),
                    moved ? Line.through(later).slope() : 0);
        }
    }

    /** Looks no more. */
    void end() throws InterruptedException {
        ended = true;
        watcher.join();
    }

    /**
     * Resident memory in MiB.
     *
     * @param growth MiB per 1,000 images in the second half
     */
    record Seen(double first, double most, double growth) {}
}
