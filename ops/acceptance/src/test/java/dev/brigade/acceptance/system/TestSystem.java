package dev.brigade.acceptance.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Dispatcher, REST adapter and workers as processes of their own, on a broker that is already
 * there.
 */
public final class TestSystem implements AutoCloseable {

    private static final Path ROOT = Path.of(System.getProperty("brigade.root", "../.."));

    private final String bootstrapServers;
    private final Path folder;
    private final Path models;
    private final Path config;
    private final Map<String, Program> programs = new HashMap<>();
    private final List<Program> started = new ArrayList<>();
    private final Map<String, Integer> portOf = new HashMap<>();

    private TestSystem(String bootstrapServers, Path folder, TestModels models) {
        this.bootstrapServers = bootstrapServers;
        this.folder = folder;
        this.models = folder.resolve("models");
        this.config = folder.resolve("config");
        models.write(this.models, config);
        copy(ROOT.resolve("config/routing.yaml"), config.resolve("routing.yaml"));
    }

    /** A system whose programs are not started yet. */
    public static TestSystem on(String bootstrapServers, Path folder, TestModels models) {
        return new TestSystem(bootstrapServers, folder, models);
    }

    /** Starts dispatcher, REST adapter and one worker, and waits until all are ready. */
    public TestSystem startAll() {
        dispatcher().start();
        worker("worker-1").start();
        rest().start();
        dispatcher().awaitReady();
        worker("worker-1").awaitReady();
        rest().awaitReady();
        return this;
    }

    public String bootstrapServers() {
        return bootstrapServers;
    }

    /** Base address of the REST adapter. */
    public URI restUrl() {
        rest();
        return URI.create("http://127.0.0.1:" + portOf.get("rest"));
    }

    public Program dispatcher() {
        return program(
                "dispatcher", "dispatcher/app/target/dispatcher-app.jar", "BRIGADE_HEALTH_PORT");
    }

    public Program rest() {
        return program("rest", "dispatcher/rest/target/dispatcher-rest.jar", "INFERENCE_PORT");
    }

    public Program worker(String name) {
        return program(name, "worker/app/target/worker-app.jar", "BRIGADE_HEALTH_PORT");
    }

    private Program program(String name, String jar, String portVariable) {
        return programs.computeIfAbsent(
                name,
                n -> {
                    int port = freePort();
                    portOf.put(n, port);
                    Program program =
                            new Program(
                                    n,
                                    ROOT.resolve(jar),
                                    environment(n, portVariable, port),
                                    URI.create("http://127.0.0.1:%d/health/ready".formatted(port)),
                                    folder.resolve(n + ".log"));
                    started.add(program);
                    return program;
                });
    }

    private Map<String, String> environment(String name, String portVariable, int port) {
        return Map.of(
                "INFERENCE_KAFKA_BOOTSTRAP_SERVERS",
                bootstrapServers,
                "INFERENCE_CONFIG_DIR",
                config.toAbsolutePath().toString(),
                "INFERENCE_MODELS_DIR",
                models.toAbsolutePath().toString(),
                "BRIGADE_DATA_DIR",
                folder.resolve("data-" + name).toAbsolutePath().toString(),
                portVariable,
                Integer.toString(port));
    }

    @Override
    public void close() {
        started.reversed().forEach(Program::close);
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void copy(Path from, Path to) {
        try {
            Files.copy(from, to);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
