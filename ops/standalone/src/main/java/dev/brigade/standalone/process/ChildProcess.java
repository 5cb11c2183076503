package dev.brigade.standalone.process;

import dev.brigade.config.ParentWatch;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A running child. Its standard input is a pipe that this process holds and never writes to: when
 * this process ends, however it ends, the pipe closes and {@link ParentWatch} in the child ends the
 * child. Its output, both streams as one, goes line by line to a log file of bounded size.
 */
public final class ChildProcess implements RunningProcess {

    private static final long MAX_LOG_BYTES = 16L << 20;
    private static final int REMEMBERED_LINES = 8;

    private final ChildCommand command;
    private final Process process;
    private final Thread reader;
    private final Deque<String> lastLines = new ArrayDeque<>();

    private ChildProcess(
            ChildCommand command, Process process, RotatingLog log, Consumer<String> onLine) {
        this.command = command;
        this.process = process;
        this.reader =
                Thread.ofPlatform()
                        .daemon()
                        .name("output-of-" + command.name())
                        .start(() -> pump(log, onLine));
    }

    /**
     * Starts the child.
     *
     * @param onLine called with each line of its output, on the thread that reads it
     * @throws IOException when it cannot be started or its log cannot be written
     */
    public static ChildProcess start(ChildCommand command, Consumer<String> onLine)
            throws IOException {
        RotatingLog log = new RotatingLog(command.logFile(), MAX_LOG_BYTES);
        ProcessBuilder builder = new ProcessBuilder(command.command()).redirectErrorStream(true);
        builder.environment().putAll(command.environment());
        builder.environment().put(ParentWatch.VARIABLE, "true");
        try {
            return new ChildProcess(command, builder.start(), log, onLine);
        } catch (IOException e) {
            log.close();
            throw e;
        }
    }

    public String name() {
        return command.name();
    }

    @Override
    public long pid() {
        return process.pid();
    }

    @Override
    public boolean isAlive() {
        return process.isAlive();
    }

    @Override
    public CompletableFuture<Integer> onExit() {
        return process.onExit().thenApply(Process::exitValue);
    }

    @Override
    public List<String> lastLines() {
        synchronized (lastLines) {
            return List.copyOf(lastLines);
        }
    }

    @Override
    public void kill() {
        process.destroyForcibly();
        waitFor(Duration.ofSeconds(5));
    }

    @Override
    public void close(Duration within) {
        closeInput();
        if (!waitFor(within)) {
            kill();
        }
        try {
            reader.join(Duration.ofSeconds(1));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void closeInput() {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            // It is closed already or broken, and the child sees its end either way.
        }
    }

    private boolean waitFor(Duration time) {
        try {
            return process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            // Whoever interrupts wants an end now, and the child must not outlive its owner.
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void pump(RotatingLog log, Consumer<String> onLine) {
        try (log;
                BufferedReader lines =
                        new BufferedReader(
                                new InputStreamReader(
                                        process.getInputStream(), StandardCharsets.UTF_8))) {
            String line;
            while ((line = lines.readLine()) != null) {
                remember(line);
                log.line(line);
                onLine.accept(line);
            }
        } catch (IOException e) {
            remember("the output of " + command.name() + " cannot be read: " + e.getMessage());
        }
    }

    private void remember(String line) {
        synchronized (lastLines) {
            if (lastLines.size() == REMEMBERED_LINES) {
                lastLines.removeFirst();
            }
            lastLines.addLast(line);
        }
    }
}
