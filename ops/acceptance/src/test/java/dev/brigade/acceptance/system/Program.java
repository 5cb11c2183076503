package dev.brigade.acceptance.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** One of the system's programs as a process of its own, which can be killed and started again. */
public final class Program implements AutoCloseable {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Duration READY = Duration.ofMinutes(3);

    private final String name;
    private final Path jar;
    private final Map<String, String> environment;
    private final URI readiness;
    private final Path log;
    private @Nullable Process process;

    /**
     * @param readiness asked until it answers 200
     * @param log where its output goes
     */
    public Program(
            String name, Path jar, Map<String, String> environment, URI readiness, Path log) {
        this.name = name;
        this.jar = jar;
        this.environment = Map.copyOf(environment);
        this.readiness = readiness;
        this.log = log;
    }

    /** Starts it without waiting. */
    public synchronized Program start() {
        if (process != null && process.isAlive()) {
            throw new IllegalStateException(name + " runs already");
        }
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(
                List.of(
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-jar",
                        jar.toString()));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment);
        builder.environment().put("BRIGADE_EXIT_ON_STDIN_CLOSE", "true");
        try {
            Files.createDirectories(log.getParent());
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    /** Waits until it says that it is ready. */
    public Program awaitReady() {
        Awaitility.await(name + " is ready")
                .atMost(READY)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> {
                    if (!process().isAlive()) {
                        throw new IllegalStateException(
                                name + " ended, see " + log + ":\n" + Files.readString(log));
                    }
                    return isReady();
                });
        return this;
    }

    /** Whether it says that it is ready. */
    public boolean isReady() {
        try {
            HttpRequest request =
                    HttpRequest.newBuilder(readiness).timeout(Duration.ofSeconds(2)).build();
            return HTTP.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** SIGKILL, and waits until the process is gone. */
    public void kill() {
        process().destroyForcibly();
        awaitEnd(Duration.ofSeconds(10));
    }

    /** The running process. */
    public synchronized Process process() {
        if (process == null) {
            throw new IllegalStateException(name + " was not started");
        }
        return process;
    }

    /** All that it has printed. */
    public String output() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        if (process != null && process.isAlive()) {
            process.destroy();
            awaitEnd(Duration.ofSeconds(15));
        }
    }

    private void awaitEnd(Duration limit) {
        try {
            if (!process().waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                process().destroyForcibly();
                throw new IllegalStateException(name + " did not end within " + limit);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
