package dev.brigade.bench.programs;

import dev.brigade.contract.topic.Topic;
import dev.brigade.contract.topic.TopicCheck;
import dev.brigade.contract.topic.Topics;
import dev.brigade.standalone.broker.BrokerProcess;
import dev.brigade.standalone.broker.BrokerSettings;
import dev.brigade.standalone.process.RunningProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.kafka.clients.admin.Admin;

/**
 * A broker of its own and whichever programs are started on it, each a process with the flags of
 * the standalone system, on free ports of the loopback address. All end with this process, however
 * it ends.
 */
public final class BenchSystem implements AutoCloseable {

    /** Partitions of the topics that scale; the programs' default. */
    public static final int PARTITIONS = 4;

    private static final Duration TOPIC_LIMIT = Duration.ofSeconds(30);
    private static final int DISPATCHER_HEAP_MB = 384;
    private static final int OTHER_HEAP_MB = 192;

    private final BenchFolder folder;
    private final Path home;
    private final BrokerProcess broker;
    private Path configuration;
    private Path models;
    private final Queue<RunningProgram> programs = new ConcurrentLinkedQueue<>();
    private final Deque<RunningProcess> children = new ConcurrentLinkedDeque<>();
    private final Thread onExit = new Thread(this::end, "end-bench-system");

    private BenchSystem(BenchFolder folder, Path home, BrokerProcess broker) {
        this.folder = folder;
        this.home = home;
        this.broker = broker;
        this.configuration = home.resolve("config");
        this.models = home;
    }

    /** Starts a broker with every topic of the contract and nothing on it. */
    public static BenchSystem start(BenchFolder folder, String name) throws IOException {
        Path home = folder.system(name);
        BrokerSettings settings =
                BrokerSettings.standing(home.resolve("broker"), home.resolve("broker.log"), 0);
        BenchSystem system = new BenchSystem(folder, home, BrokerProcess.start(settings));
        Runtime.getRuntime().addShutdownHook(system.onExit);
        system.create(Topics.catalogue(PARTITIONS));
        folder.copyConfiguration(system.configuration);
        return system;
    }

    public String bootstrapServers() {
        return broker.bootstrapServers();
    }

    /** Makes topics. */
    public void create(Collection<Topic> topics) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers()))) {
            new TopicCheck(admin, Optional.empty(), TOPIC_LIMIT).ensure(topics);
        }
    }

    /** Has the programs started later know this model alone; all else is as it is shipped. */
    public void configure(BenchModel model) throws IOException {
        configure(model.yaml(), Map.of());
    }

    /**
     * Has the programs started later know these models alone; all else is as it is shipped.
     *
     * @param yaml {@code models.yaml}
     * @param files model files by name, which it may name
     */
    public void configure(String yaml, Map<String, String> files) throws IOException {
        Files.writeString(configuration.resolve("models.yaml"), yaml);
        for (Map.Entry<String, String> file : files.entrySet()) {
            Files.writeString(models.resolve(file.getKey()), file.getValue());
        }
    }

    /**
     * Has the programs started later read another configuration, and their models from elsewhere.
     */
    public void configure(Path configuration, Path models) {
        this.configuration = configuration;
        this.models = models;
    }

    /** Starts the dispatcher without waiting for it. */
    public RunningProgram dispatcher(Map<String, String> more) throws IOException {
        return dispatcher(more, DISPATCHER_HEAP_MB);
    }

    /** Starts the dispatcher with another heap, without waiting for it. */
    public RunningProgram dispatcher(Map<String, String> more, int heapMb) throws IOException {
        return program(
                "dispatcher",
                "dispatcher/app/target/dispatcher-app.jar",
                heapMb,
                "BRIGADE_HEALTH_PORT",
                more);
    }

    /** Starts a worker without waiting for it. */
    public RunningProgram worker() throws IOException {
        return worker(Map.of(), OTHER_HEAP_MB);
    }

    /** Starts a worker with more variables and another heap, without waiting for it. */
    public RunningProgram worker(Map<String, String> more, int heapMb) throws IOException {
        return program(
                "worker", "worker/app/target/worker-app.jar", heapMb, "BRIGADE_HEALTH_PORT", more);
    }

    /** Starts the REST adapter without waiting for it. */
    public RunningProgram rest() throws IOException {
        return program(
                "rest",
                "dispatcher/rest/target/dispatcher-rest.jar",
                OTHER_HEAP_MB,
                "INFERENCE_PORT",
                Map.of());
    }

    /**
     * Ends a further process with the system, before the broker that it needs for an orderly end.
     */
    public void endLater(RunningProcess process) {
        children.add(process);
    }

    /** The folder of a program's stores. */
    public Path stateOf(String name) {
        return home.resolve("state-" + name);
    }

    /** The file of a program's output. */
    public Path logOf(String name) {
        return home.resolve(name + ".log");
    }

    /** The processes of the system by name, an engine under the name of its worker. */
    public Map<String, ProcessHandle> processes() {
        Map<String, ProcessHandle> processes = new LinkedHashMap<>();
        ProcessHandle.of(broker.pid()).ifPresent(handle -> processes.put("broker", handle));
        for (RunningProgram program : programs) {
            ProcessHandle.of(program.process().pid())
                    .ifPresent(handle -> {
                        processes.put(program.name(), handle);
                        handle.children()
                                .forEach(child ->
                                        processes.put(program.name() + "'s engine", child));
                    });
        }
        return processes;
    }

    @Override
    public void close() {
        Runtime.getRuntime().removeShutdownHook(onExit);
        end();
    }

    private void end() {
        RunningProcess last;
        while ((last = children.pollLast()) != null) {
            last.close();
        }
        broker.close();
    }

    private RunningProgram program(
            String name, String jar, int heapMb, String portVariable, Map<String, String> more)
            throws IOException {
        int port = freePort();
        Map<String, String> environment = new HashMap<>(more);
        environment.put("INFERENCE_KAFKA_BOOTSTRAP_SERVERS", bootstrapServers());
        environment.put("INFERENCE_CONFIG_DIR", configuration.toString());
        environment.put("INFERENCE_MODELS_DIR", models.toString());
        environment.put("BRIGADE_DATA_DIR", stateOf(name).toString());
        environment.put(portVariable, Integer.toString(port));
        RunningProgram program =
                RunningProgram.start(
                        name,
                        RunningProgram.java(
                                heapMb, List.of("-jar", folder.root().resolve(jar).toString())),
                        environment,
                        URI.create("http://127.0.0.1:%d/health/ready".formatted(port)),
                        home);
        programs.add(program);
        endLater(program.process());
        return program;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
