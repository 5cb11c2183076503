package dev.brigade.bench.programs;

import dev.brigade.standalone.process.ChildCommand;
import dev.brigade.standalone.process.ChildProcess;
import dev.brigade.standalone.process.RunningProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One of Brigade's programs.
 *
 * @param ready where it answers 200 when it can work
 */
public record RunningProgram(String name, RunningProcess process, URI ready)
        implements AutoCloseable {

    private static final Duration READY_LIMIT = Duration.ofMinutes(3);
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(2);
    private static final long POLL_MS = 50;

    /** The flags with which the standalone system starts every program. */
    private static final List<String> FLAGS =
            List.of(
                    "-XX:+UseSerialGC",
                    "-XX:+ExitOnOutOfMemoryError",
                    "--enable-native-access=ALL-UNNAMED",
                    "--sun-misc-unsafe-memory-access=allow");

    /** The command of a JVM with a program's flags; {@code what} names jar or class. */
    public static List<String> java(int heapMb, List<String> what) {
        List<String> command = new ArrayList<>(List.of(ChildCommand.java(), "-Xmx" + heapMb + "m"));
        command.addAll(FLAGS);
        command.addAll(what);
        return command;
    }

    static RunningProgram start(
            String name,
            List<String> command,
            Map<String, String> environment,
            URI ready,
            Path folder)
            throws IOException {
        ChildCommand child =
                new ChildCommand(name, command, environment, folder.resolve(name + ".log"));
        return new RunningProgram(name, ChildProcess.start(child, line -> {}), ready);
    }

    /** Waits until it can work. */
    public RunningProgram awaitReady() throws InterruptedException {
        long deadline = System.nanoTime() + READY_LIMIT.toNanos();
        try (HttpClient http = HttpClient.newHttpClient()) {
            while (!answers(http)) {
                if (!process.isAlive() || System.nanoTime() > deadline) {
                    throw new IllegalStateException(
                            "%s did not come up; its last lines: %s"
                                    .formatted(name, String.join(" | ", process.lastLines())));
                }
                Thread.sleep(POLL_MS);
            }
        }
        return this;
    }

    @Override
    public void close() {
        process.close();
    }

    private boolean answers(HttpClient http) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(ready).timeout(ANSWER_LIMIT).build();
        try {
            return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }
}
