package dev.brigade.standalone.up;

import dev.brigade.standalone.StandaloneMain;
import dev.brigade.standalone.home.ProcessMark;
import dev.brigade.standalone.home.RunRecord;
import dev.brigade.standalone.process.ChildCommand;
import dev.brigade.standalone.process.ChildProcess;
import dev.brigade.standalone.settings.StandaloneSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** A checkout with programs for tests, and commands on it as processes, as a person runs them. */
final class TestingSystem {

    private final Path root;
    private final Map<String, String> environment = new HashMap<>();

    TestingSystem(Path root) throws IOException {
        this.root = root;
        try (var rest = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var kafka = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var registry = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            environment.put(StandaloneSettings.REST_PORT, "" + rest.getLocalPort());
            environment.put(StandaloneSettings.KAFKA_PORT, "" + kafka.getLocalPort());
            environment.put(StandaloneSettings.REGISTRY_PORT, "" + registry.getLocalPort());
        }
        TestingPrograms.install(settings().jars());
    }

    StandaloneSettings settings() {
        return StandaloneSettings.read(root, environment);
    }

    /** A command that runs on, with all it has said so far. */
    Command start(String... arguments) throws IOException {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                ChildCommand.java(),
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                System.getProperty("java.class.path"),
                                "-Dbrigade.root=" + root,
                                StandaloneMain.class.getName()));
        command.addAll(List.of(arguments));
        List<String> lines = new CopyOnWriteArrayList<>();
        Path log = root.resolve(arguments[0] + ".log");
        var child =
                ChildProcess.start(
                        new ChildCommand(arguments[0], command, environment, log), lines::add);
        return new Command(child, lines);
    }

    ProcessHandle process(String name) throws IOException {
        ProcessMark mark = new RunRecord(settings().home()).processes().get(name);
        if (mark == null) {
            throw new IllegalStateException("no process " + name + " is noted");
        }
        return mark.find().orElseThrow(() -> new IllegalStateException(name + " has ended"));
    }

    List<ProcessHandle> programs() throws IOException {
        List<ProcessHandle> programs = new ArrayList<>();
        for (String name : List.of("broker", "dispatcher", "worker", "rest")) {
            programs.add(process(name));
        }
        return programs;
    }

    /** A running command. */
    record Command(ChildProcess child, List<String> lines) implements AutoCloseable {

        int exitCode(long withinSeconds) throws Exception {
            return child.onExit().get(withinSeconds, TimeUnit.SECONDS);
        }

        void awaitLine(String part) {
            Awaitility.await("a line with '" + part + "' among " + lines)
                    .atMost(60, TimeUnit.SECONDS)
                    .until(() -> lines.stream().anyMatch(line -> line.contains(part)));
        }

        @Override
        public void close() {
            child.close();
        }
    }
}
