package dev.brigade.standalone.home;

import java.time.Instant;
import java.util.Optional;

/**
 * A process and when it started, since the system gives the number of an ended process to another.
 *
 * @param pid process id
 * @param startedMs start, epoch milliseconds
 */
public record ProcessMark(long pid, long startedMs) {

    /** The start as two programs compute it differs by the clock's corrections in between. */
    private static final long TOLERANCE_MS = 2_000;

    /** The mark of a living process. */
    public static Optional<ProcessMark> of(long pid) {
        return ProcessHandle.of(pid)
                .flatMap(handle -> handle.info().startInstant())
                .map(started -> new ProcessMark(pid, started.toEpochMilli()));
    }

    /** The process, if it still runs and is the same. */
    public Optional<ProcessHandle> find() {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .filter(handle -> handle.info().startInstant().filter(this::same).isPresent());
    }

    private boolean same(Instant started) {
        return Math.abs(started.toEpochMilli() - startedMs) <= TOLERANCE_MS;
    }

    static Optional<ProcessMark> parse(String text) {
        String[] fields = text.split("@", -1);
        try {
            return fields.length == 2
                    ? Optional.of(
                            new ProcessMark(Long.parseLong(fields[0]), Long.parseLong(fields[1])))
                    : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return pid + "@" + startedMs;
    }
}
