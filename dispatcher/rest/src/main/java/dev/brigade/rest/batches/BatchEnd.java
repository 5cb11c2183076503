package dev.brigade.rest.batches;

import dev.brigade.rest.ledger.Entry;
import dev.brigade.rest.spool.LineSpool;
import dev.brigade.schema.BatchJob;
import dev.brigade.schema.BatchJobCancel;
import dev.brigade.schema.BatchJobStatus;
import dev.brigade.schema.StoredFile;
import dev.brigade.schema.StoredPayload;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Puts the parts together, in the order of the lines, and ends the batch: its files and its end are
 * stored together or not at all.
 */
final class BatchEnd {

    private final BatchRun run;
    private final BatchKit kit;

    BatchEnd(BatchRun run, BatchKit kit) {
        this.run = run;
        this.kit = kit;
    }

    void end(BatchJobStatus status) {
        BatchJob job = run.job();
        try (LineSpool answers = new LineSpool(job.getTotal());
                LineSpool errors = new LineSpool(job.getTotal())) {
            for (StoredPayload part : job.getParts()) {
                Parts.read(kit.store, part, line -> add(line, line.answered() ? answers : errors));
            }
            Optional<StoredFile> output = file(answers, job.getId() + "_output.jsonl");
            Optional<StoredFile> error = file(errors, job.getId() + "_error.jsonl");
            BatchJob.Builder ended = run.change().setStatus(status).setParts(List.of());
            output.ifPresent(file -> ended.setOutputFileId(file.getId()));
            error.ifPresent(file -> ended.setErrorFileId(file.getId()));
            write(output, error, at(status, ended).build());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(Optional<StoredFile> output, Optional<StoredFile> error, BatchJob ended) {
        List<Entry> together = new ArrayList<>();
        output.map(Entry::of).ifPresent(together::add);
        error.map(Entry::of).ifPresent(together::add);
        together.add(Entry.of(ended));
        run.turn().write(together);
        run.become(ended);
    }

    private BatchJob.Builder at(BatchJobStatus status, BatchJob.Builder ended) {
        kit.ledger
                .records()
                .cancel(run.job().getId())
                .filter(wish -> status == BatchJobStatus.CANCELLED)
                .map(BatchJobCancel::getAt)
                .ifPresent(ended::setCancellingAt);
        return switch (status) {
            case COMPLETED -> ended.setCompletedAt(run.now());
            case CANCELLED -> ended.setCancelledAt(run.now());
            case EXPIRED -> ended.setExpiredAt(run.now());
            case FAILED -> ended.setFailedAt(run.now());
            case VALIDATING, IN_PROGRESS, FINALIZING ->
                    throw new IllegalArgumentException(status + " is no end");
        };
    }

    private Optional<StoredFile> file(LineSpool lines, String name) throws IOException {
        if (lines.size() == 0) {
            return Optional.empty();
        }
        try (InputStream bytes = lines.open()) {
            return Optional.of(kit.shelf.output(name, Parts.store(kit.store, bytes)));
        }
    }

    private static void add(PartLine line, LineSpool spool) {
        try {
            spool.add(line.index(), line.json());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
