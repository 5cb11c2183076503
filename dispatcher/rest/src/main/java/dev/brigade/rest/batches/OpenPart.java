package dev.brigade.rest.batches;

import java.util.BitSet;
import java.util.Optional;
import java.util.function.Supplier;

/** The part that lines are added to as they end, and which lines have ended at all. */
final class OpenPart implements AutoCloseable {

    private final BitSet done;
    private PartFile file = new PartFile();

    /**
     * @param done lines that earlier parts hold
     */
    OpenPart(BitSet done) {
        this.done = done;
    }

    synchronized boolean has(int index) {
        return done.get(index);
    }

    /**
     * Adds a line.
     *
     * @param line made when it is its turn, since its answer may be large
     */
    synchronized void add(int index, boolean answered, Supplier<OutputLine> line) {
        file.add(index, answered, line.get());
        done.set(index);
    }

    /** Lines that have ended, in all parts. */
    synchronized int doneLines() {
        return done.cardinality();
    }

    synchronized int lines() {
        return file.completed() + file.failed();
    }

    synchronized long bytes() {
        return file.bytes();
    }

    /** What there is, to be closed; the next lines go into a new one. */
    synchronized Optional<PartFile> take() {
        if (lines() == 0) {
            return Optional.empty();
        }
        PartFile full = file;
        file = new PartFile();
        return Optional.of(full);
    }

    @Override
    public synchronized void close() {
        file.close();
    }
}
