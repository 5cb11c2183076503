package dev.brigade.standalone.classify;

import dev.brigade.client.BatchProgress;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

/**
 * How far something is: on a terminal one line that is written over, else a line of its own each
 * tenth of the way. Thread-safe.
 */
final class ProgressLine {

    private static final int WIDTH = 24;
    private static final int TENTHS = 10;

    private final PrintStream out;
    private final boolean terminal;
    private int shownTenths = -1;
    private int shownLength;

    ProgressLine(PrintStream out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    /** Images read, and put into the payload store where they must. */
    synchronized void packed(int done, int total) {
        show(done, total, "reading images %d/%d".formatted(done, total));
    }

    synchronized void batch(BatchProgress progress) {
        int over = progress.done() + progress.failed();
        show(over, progress.total(), line(progress, over));
    }

    /** Ends the line; what follows begins a new one. */
    synchronized void end() {
        if (shownLength > 0) {
            out.println();
        }
        shownLength = 0;
        shownTenths = -1;
    }

    private static String line(BatchProgress progress, int over) {
        int filled = progress.total() == 0 ? 0 : (int) ((long) over * WIDTH / progress.total());
        String bar = "#".repeat(filled) + ".".repeat(WIDTH - filled);
        String remaining =
                progress.remainingMs().isPresent()
                        ? ", " + duration(progress.remainingMs().getAsLong()) + " left"
                        : "";
        return String.format(
                Locale.ROOT,
                "[%s] %d/%d, %d failed, %.1f images/s%s",
                bar,
                over,
                progress.total(),
                progress.failed(),
                progress.perSecond(),
                remaining);
    }

    private void show(int done, int total, String line) {
        if (terminal) {
            out.print("\r" + line + " ".repeat(Math.max(0, shownLength - line.length())));
            out.flush();
            shownLength = line.length();
            return;
        }
        int tenths = total == 0 ? 0 : (int) ((long) done * TENTHS / total);
        if (tenths > shownTenths) {
            shownTenths = tenths;
            out.println(line);
        }
    }

    private static String duration(long ms) {
        Duration left = Duration.ofMillis(ms);
        return left.toHours() > 0
                ? "%d h %d min".formatted(left.toHours(), left.toMinutesPart())
                : left.toMinutes() > 0
                        ? "%d min %d s".formatted(left.toMinutes(), left.toSecondsPart())
                        : "%d s".formatted(left.toSeconds());
    }
}
