package dev.brigade.standalone.broker;

import dev.brigade.standalone.process.ChildCommand;
import dev.brigade.standalone.process.ChildProcess;
import dev.brigade.standalone.process.JavaFlags;
import dev.brigade.standalone.process.RunningProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A Kafka broker in a process of its own, which ends with this one. A broker started on the folder
 * of an earlier one, however that ended, goes on with its records.
 */
public final class BrokerProcess implements RunningProcess {

    private static final int ATTEMPTS_ON_FREE_PORTS = 3;

    private final BrokerSettings settings;
    private final ChildProcess child;

    private BrokerProcess(BrokerSettings settings, ChildProcess child) {
        this.settings = settings;
        this.child = child;
    }

    /**
     * Starts a broker and waits until it serves.
     *
     * @throws BrokerStartException when it does not, saying why and where its log is
     */
    public static BrokerProcess start(BrokerSettings settings) {
        // Between finding a free port and binding it, another process may take it.
        int attempts = settings.port() == 0 ? ATTEMPTS_ON_FREE_PORTS : 1;
        for (int attempt = 1; ; attempt++) {
            try {
                return startOnce(settings);
            } catch (BrokerStartException e) {
                if (attempt == attempts || !e.portTaken()) {
                    throw e;
                }
            }
        }
    }

    /** Where clients connect: {@code 127.0.0.1:<port>}. */
    public String bootstrapServers() {
        return "127.0.0.1:" + settings.port();
    }

    public int port() {
        return settings.port();
    }

    @Override
    public long pid() {
        return child.pid();
    }

    @Override
    public boolean isAlive() {
        return child.isAlive();
    }

    @Override
    public CompletableFuture<Integer> onExit() {
        return child.onExit();
    }

    @Override
    public List<String> lastLines() {
        return child.lastLines();
    }

    /** Settings that start it again on the same folder and port. */
    public BrokerSettings settings() {
        return settings;
    }

    /** Ends the broker as {@code kill -9} does; what it acknowledged is on disk. */
    @Override
    public void kill() {
        child.kill();
    }

    @Override
    public void close(Duration within) {
        child.close(within);
    }

    private static BrokerProcess startOnce(BrokerSettings settings) {
        List<Integer> free = freePorts();
        BrokerSettings actual = settings.port() == 0 ? settings.withPort(free.get(0)) : settings;
        CompletableFuture<String> ready = new CompletableFuture<>();
        ChildProcess child;
        try {
            child =
                    ChildProcess.start(
                            command(actual, free.get(1)),
                            line -> {
                                if (line.startsWith(BrokerMain.READY)) {
                                    ready.complete(line);
                                }
                            });
        } catch (IOException e) {
            throw new BrokerStartException("the broker cannot be started: " + e.getMessage(), e);
        }
        return awaitReady(actual, child, ready);
    }

    private static BrokerProcess awaitReady(
            BrokerSettings settings, ChildProcess child, CompletableFuture<String> ready) {
        try {
            Object first =
                    CompletableFuture.anyOf(ready, child.onExit())
                            .get(settings.startTimeout().toMillis(), TimeUnit.MILLISECONDS);
            if (first instanceof Integer code) {
                child.close();
                throw failure("ended with code " + code + " while it started", settings, child);
            }
            return new BrokerProcess(settings, child);
        } catch (InterruptedException e) {
            child.kill();
            Thread.currentThread().interrupt();
            throw new BrokerStartException("interrupted while the broker started", e);
        } catch (TimeoutException e) {
            child.kill();
            throw failure("did not serve within " + settings.startTimeout(), settings, child);
        } catch (ExecutionException e) {
            throw new IllegalStateException("neither future fails", e);
        }
    }

    private static BrokerStartException failure(
            String what, BrokerSettings settings, ChildProcess child) {
        return new BrokerStartException(
                "the broker %s; its log is %s and ends with: %s"
                        .formatted(
                                what, settings.logFile(), String.join(" | ", child.lastLines())));
    }

    private static ChildCommand command(BrokerSettings settings, int controllerPort) {
        List<String> command = new ArrayList<>(List.of(ChildCommand.java()));
        command.addAll(
                settings.shortLived()
                        ? JavaFlags.quick(settings.heapMb())
                        : JavaFlags.lasting(settings.heapMb()));
        command.addAll(
                List.of(
                        "-cp",
                        System.getProperty("java.class.path"),
                        BrokerMain.class.getName(),
                        settings.dataDir().resolve("kafka").toString(),
                        Integer.toString(settings.port()),
                        Integer.toString(controllerPort)));
        return new ChildCommand("broker", command, Map.of(), settings.logFile());
    }

    /** Two ports that were free a moment ago. */
    private static List<Integer> freePorts() {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        try (ServerSocket one = new ServerSocket(0, 1, loopback);
                ServerSocket other = new ServerSocket(0, 1, loopback)) {
            return List.of(one.getLocalPort(), other.getLocalPort());
        } catch (IOException e) {
            throw new UncheckedIOException("no port of 127.0.0.1 is free", e);
        }
    }
}
