package dev.brigade.rest.batches;

import dev.brigade.rest.calls.Endpoint;
import dev.brigade.schema.BatchJob;
import dev.brigade.schema.BatchJobStatus;
import dev.brigade.schema.StoredPayload;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Sends the lines of a batch that no part holds, as the window has room, and brings what has ended
 * into parts. A part is due at so many lines or bytes, or after a time that grows with the number
 * of parts: so a small batch shows its progress by the second, and a day's has some hundred parts.
 */
final class LineWork {

    private static final int DUE_LINES = 256;
    private static final long DUE_BYTES = 4L << 20;
    private static final Duration LOOK = Duration.ofMillis(50);

    private final BatchRun run;
    private final BatchKit kit;
    private final Endpoint endpoint;
    private long lastPart = System.nanoTime();

    LineWork(BatchRun run, BatchKit kit, Endpoint endpoint) {
        this.run = run;
        this.kit = kit;
        this.endpoint = endpoint;
    }

    void work() throws InterruptedException {
        try (OpenPart part = new OpenPart(done())) {
            send(part);
            bringIn(part);
            run.requireTurn();
            Optional<Stop> why = run.stop();
            if (why.isPresent()) {
                stopped(why.get(), part);
            } else {
                requireAll(part);
                run.write(
                        run.change()
                                .setStatus(BatchJobStatus.FINALIZING)
                                .setFinalizingAt(run.now()));
            }
        }
    }

    private BitSet done() {
        BitSet done = new BitSet();
        for (StoredPayload stored : run.job().getParts()) {
            Parts.read(kit.store, stored, line -> done.set(line.index()));
        }
        return done;
    }

    /** Returns when nothing is under way any more. */
    private void send(OpenPart part) throws InterruptedException {
        ExecutorService lines =
                Executors.newThreadPerTaskExecutor(
                        Thread.ofVirtual().name("brigade-batch-line-", 0).factory());
        boolean whole = false;
        try (InputLines input = kit.open(run.job().getInput())) {
            for (Optional<InputLine> line = input.next();
                    line.isPresent() && run.stop().isEmpty();
                    line = input.next()) {
                if (!part.has(line.get().index())) {
                    send(line.get(), part, lines);
                }
            }
            lines.shutdown();
            while (!lines.awaitTermination(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
                bringInIfDue(part);
            }
            whole = true;
        } finally {
            if (!whole) {
                run.letGo();
            }
            lines.close();
        }
    }

    private void send(InputLine line, OpenPart part, ExecutorService lines)
            throws InterruptedException {
        while (run.stop().isEmpty()) {
            bringInIfDue(part);
            Optional<LineWindow.Place> place = kit.window.enter(line.bytes().length, LOOK);
            if (place.isPresent()) {
                LineRun one = new LineRun(kit, run.job(), endpoint, line, part, run::stop);
                lines.execute(() -> {
                    try (LineWindow.Place _ = place.get()) {
                        one.run();
                    }
                });
                return;
            }
        }
    }

    private void bringInIfDue(OpenPart part) {
        int lines = part.lines();
        Duration patience = Duration.ofSeconds(1L + run.job().getParts().size());
        boolean waited = System.nanoTime() - lastPart >= patience.toNanos();
        if (lines >= DUE_LINES || part.bytes() >= DUE_BYTES || (waited && lines > 0)) {
            bringIn(part);
        }
    }

    private void bringIn(OpenPart part) {
        Optional<PartFile> full = part.take();
        if (full.isPresent()) {
            try (PartFile file = full.get()) {
                StoredPayload stored = Parts.store(kit.store, file.open());
                BatchJob job = run.job();
                List<StoredPayload> parts = new ArrayList<>(job.getParts());
                parts.add(stored);
                run.write(
                        run.change()
                                .setParts(parts)
                                .setCompleted(job.getCompleted() + file.completed())
                                .setFailed(job.getFailed() + file.failed()));
            }
        }
        lastPart = System.nanoTime();
    }

    /** What was not reached, or not to its end, is told line by line. */
    private void stopped(Stop why, OpenPart part) {
        try (InputLines input = kit.open(run.job().getInput())) {
            for (Optional<InputLine> line = input.next(); line.isPresent(); line = input.next()) {
                if (!part.has(line.get().index())) {
                    tell(line.get(), why, part);
                }
            }
        }
        bringIn(part);
        new BatchEnd(run, kit)
                .end(why == Stop.CANCELLED ? BatchJobStatus.CANCELLED : BatchJobStatus.EXPIRED);
    }

    private void tell(InputLine line, Stop why, OpenPart part) {
        String customId = BatchLine.read(line.bytes(), endpoint.url()).customId();
        part.add(
                line.index(),
                false,
                () -> OutputLine.unanswered(LineRun.id(run.job(), line), customId, why));
        if (part.lines() >= DUE_LINES * 16) {
            bringIn(part);
        }
    }

    private void requireAll(OpenPart part) {
        if (part.doneLines() != run.job().getTotal()) {
            throw new IllegalStateException("lines were left out");
        }
    }
}
