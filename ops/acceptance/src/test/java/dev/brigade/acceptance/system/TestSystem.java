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
import java.util.stream.Stream;

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
    private final Map<String, String> variables = new HashMap<>();

    private TestSystem(String bootstrapServers, Path folder, Path models, Path config) {
        this.bootstrapServers = bootstrapServers;
        this.folder = folder;
        this.models = models;
        this.config = config;
    }

    /** A system whose programs are not started yet, configured as shipped but for its models. */
    public static TestSystem on(String bootstrapServers, Path folder, TestModels models) {
        return on(bootstrapServers, folder, models, "presets: {}\n");
    }

    /**
     * A system with presets of its own.
     *
     * @param presets the whole of {@code presets.yaml}
     */
    public static TestSystem on(
            String bootstrapServers, Path folder, TestModels models, String presets) {
        Path config = folder.resolve("config");
        models.write(folder.resolve("models"), config);
        copy(ROOT.resolve("config/routing.yaml"), config.resolve("routing.yaml"));
        copy(ROOT.resolve("config/orchestration.yaml"), config.resolve("orchestration.yaml"));
        copyFolder(ROOT.resolve("config/prompts"), config.resolve("prompts"));
        write(config.resolve("presets.yaml"), presets);
        return new TestSystem(bootstrapServers, folder, folder.resolve("models"), config);
    }

    /** The system as it ships: its configuration and its demo models. */
    public static TestSystem shipped(String bootstrapServers, Path folder) {
        return new TestSystem(
                bootstrapServers,
                folder,
                ROOT.resolve("ops/demo-models/models"),
                ROOT.resolve("config"));
    }

    /** Sets a variable of every program that is not started yet. */
    public TestSystem with(String variable, String value) {
        variables.put(variable, value);
        return this;
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

    /** Address of a program that is no REST adapter: its health and its metrics. */
    public URI healthUrl(String name) {
        return URI.create("http://127.0.0.1:" + portOf.get(name));
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
        Map<String, String> environment = new HashMap<>(variables);
        environment.put("INFERENCE_KAFKA_BOOTSTRAP_SERVERS", bootstrapServers);
        environment.put("INFERENCE_CONFIG_DIR", config.toAbsolutePath().toString());
        environment.put("INFERENCE_MODELS_DIR", models.toAbsolutePath().toString());
        environment.put(
                "BRIGADE_DATA_DIR", folder.resolve("data-" + name).toAbsolutePath().toString());
        environment.put(portVariable, Integer.toString(port));
        return environment;
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

    private static void copyFolder(Path from, Path to) {
        try (Stream<Path> files = Files.walk(from)) {
            files.forEach(file -> copy(file, to.resolve(from.relativize(file))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
