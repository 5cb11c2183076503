package dev.brigade.standalone.up;

import dev.brigade.contract.topic.TopicCheck;
import dev.brigade.contract.topic.TopicMismatchException;
import dev.brigade.contract.topic.Topics;
import dev.brigade.standalone.broker.BrokerProcess;
import dev.brigade.standalone.broker.BrokerSettings;
import dev.brigade.standalone.broker.BrokerStartException;
import dev.brigade.standalone.home.DataFolder;
import dev.brigade.standalone.home.ProcessMark;
import dev.brigade.standalone.home.RunRecord;
import dev.brigade.standalone.process.Backoff;
import dev.brigade.standalone.process.ChildProcess;
import dev.brigade.standalone.process.RunningProcess;
import dev.brigade.standalone.process.Starter;
import dev.brigade.standalone.process.WatchedProgram;
import dev.brigade.standalone.registry.RegistryEndpoint;
import dev.brigade.standalone.settings.StandaloneSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;

/**
 * Starts broker, registry and Brigade's programs, keeps them running, and ends them in reverse
 * order. {@link #close} may come from another thread at any moment of the start: what is up by then
 * is ended, and what comes up later is ended at once.
 */
final class Supervisor implements AutoCloseable {

    /** What the programs may take to end is below ten seconds in sum. */
    private static final Duration BROKER_STOP = Duration.ofMillis(1500);

    private static final Duration TOPIC_TIMEOUT = Duration.ofSeconds(30);
    private static final Duration START_LIMIT = Duration.ofMinutes(2);
    private static final long POLL_MS = 100;
    private static final int HOPELESS_AFTER = 3;

    /** The default of every program; one machine gains nothing from more. */
    private static final int PARTITIONS = 4;

    private final StandaloneSettings settings;
    private final DataFolder folder;
    private final Consumer<String> say;
    private final Deque<Part> parts = new ArrayDeque<>();
    private boolean closing;

    Supervisor(StandaloneSettings settings, DataFolder folder, Consumer<String> say) {
        this.settings = settings;
        this.folder = folder;
        this.say = say;
    }

    /**
     * Starts everything and returns when it can answer requests.
     *
     * @throws StartException when something does not come up
     */
    void start() throws StartException, InterruptedException {
        startRegistry();
        watch("broker", this::startBroker, BROKER_STOP);
        createTopics();
        List<Program> programs = programs();
        for (Program program : programs) {
            watch(
                    program.name(),
                    () -> ChildProcess.start(program.command(), line -> {}),
                    program.stopLimit());
        }
        awaitReady(programs);
    }

    /** The programs and what each process is, in order of their start. */
    Map<String, WatchedProgram> watched() {
        Map<String, WatchedProgram> watched = new LinkedHashMap<>();
        synchronized (parts) {
            for (Part part : parts) {
                part.program().ifPresent(program -> watched.put(program.name(), program));
            }
        }
        return watched;
    }

    @Override
    public void close() {
        List<Part> reversed = new ArrayList<>();
        synchronized (parts) {
            closing = true;
            parts.descendingIterator().forEachRemaining(reversed::add);
            parts.clear();
        }
        reversed.forEach(Part::end);
    }

    private void startRegistry() throws StartException {
        try {
            RegistryEndpoint registry = RegistryEndpoint.start(settings.registryPort());
            add(new Part(Optional.empty(), registry::close));
        } catch (IOException e) {
            throw new StartException("the schema registry cannot be started: " + e.getMessage());
        }
    }

    private RunningProcess startBroker() throws IOException {
        try {
            return BrokerProcess.start(
                    BrokerSettings.standing(
                            folder.broker(), folder.log("broker"), settings.kafkaPort()));
        } catch (BrokerStartException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private void createTopics() throws StartException {
        Map<String, Object> config =
                Map.of("bootstrap.servers", "127.0.0.1:" + settings.kafkaPort());
        try (Admin admin = Admin.create(config)) {
            new TopicCheck(admin, Optional.empty(), TOPIC_TIMEOUT)
                    .ensure(Topics.catalogue(PARTITIONS));
        } catch (TopicMismatchException e) {
            throw new StartException(
                    e.getMessage() + ": set them right, or forget all data with up --fresh");
        } catch (IllegalStateException e) {
            throw new StartException("the topics cannot be created: " + e.getMessage());
        }
    }

    private List<Program> programs() throws StartException {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        try (ServerSocket one = new ServerSocket(0, 1, loopback);
                ServerSocket other = new ServerSocket(0, 1, loopback)) {
            return List.of(
                    Program.dispatcher(settings, folder, one.getLocalPort()),
                    Program.worker(settings, folder, other.getLocalPort()),
                    Program.rest(settings, folder));
        } catch (IOException e) {
            throw new StartException("no port of 127.0.0.1 is free: " + e.getMessage());
        }
    }

    private void watch(String name, Starter starter, Duration stopLimit) throws StartException {
        try {
            WatchedProgram program =
                    WatchedProgram.start(name, starter, Backoff.standard(), this::told);
            add(new Part(Optional.of(program), () -> program.close(stopLimit)));
            note();
        } catch (IOException e) {
            throw new StartException(name + " cannot be started: " + e.getMessage());
        }
    }

    private void add(Part part) throws StartException {
        synchronized (parts) {
            if (!closing) {
                parts.addLast(part);
                return;
            }
        }
        part.end();
        throw new StartException("stopped while it started");
    }

    private void awaitReady(List<Program> programs) throws StartException, InterruptedException {
        var progress = new Progress(say);
        long deadline = System.nanoTime() + START_LIMIT.toNanos();
        List<Program> waiting = new ArrayList<>(programs);
        try (Readiness readiness = new Readiness()) {
            while (!waiting.isEmpty()) {
                Program program = waiting.getFirst();
                Optional<String> obstacle = readiness.obstacle(program.ready());
                if (obstacle.isEmpty()) {
                    say.accept(program.name() + " is ready");
                    waiting.removeFirst();
                    continue;
                }
                refuseToGoOn(program.name());
                String line = "waiting for " + program.name() + ": " + obstacle.get();
                if (System.nanoTime() > deadline) {
                    throw new StartException(
                            "not ready after %d s, %s; see %s"
                                    .formatted(
                                            START_LIMIT.toSeconds(),
                                            line,
                                            folder.log(program.name())));
                }
                progress.at(line);
                Thread.sleep(POLL_MS);
            }
        }
    }

    /** A program that keeps ending while the system starts will not get better by waiting. */
    private void refuseToGoOn(String name) throws StartException {
        synchronized (parts) {
            if (closing) {
                throw new StartException("stopped while it started");
            }
        }
        WatchedProgram program = watched().get(name);
        if (program != null && program.restarts() >= HOPELESS_AFTER) {
            throw new StartException(
                    "%s does not stay up; its log %s ends with: %s"
                            .formatted(
                                    name,
                                    folder.log(name),
                                    String.join(" | ", program.lastLines())));
        }
    }

    private void told(String line) {
        say.accept(line);
        note();
    }

    /** Notes the processes for {@code down} and {@code status}. */
    private void note() {
        Map<String, ProcessMark> marks = new LinkedHashMap<>();
        ProcessMark.of(ProcessHandle.current().pid())
                .ifPresent(mark -> marks.put(RunRecord.SUPERVISOR, mark));
        watched()
                .forEach((name, program) ->
                        ProcessMark.of(program.process().pid())
                                .ifPresent(mark -> marks.put(name, mark)));
        try {
            folder.runRecord().write(marks, Map.of("rest", settings.restUrl()));
        } catch (IOException e) {
            say.accept("the data folder cannot be written: " + e.getMessage());
        }
    }

    /** Something that was started, and how it ends. */
    private record Part(Optional<WatchedProgram> program, Runnable ending) {
        void end() {
            ending.run();
        }
    }
}
