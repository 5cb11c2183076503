package dev.brigade.bench.routing;

import dev.brigade.bench.programs.BenchSystem;
import dev.brigade.bench.programs.RunningProgram;
import dev.brigade.standalone.process.ChildCommand;
import dev.brigade.standalone.process.ChildProcess;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A plain copier as a child process, with the dispatcher's flags and heap. */
final class Copier implements AutoCloseable {

    private static final int HEAP_MB = 384;
    private static final long READY_LIMIT_S = 120;

    private final ChildProcess process;

    private Copier(ChildProcess process) {
        this.process = process;
    }

    /** Starts one and waits until it copies. */
    static Copier start(BenchSystem system, int hops) throws IOException, InterruptedException {
        String name = "copier-" + hops;
        CountDownLatch ready = new CountDownLatch(1);
        ChildProcess process =
                ChildProcess.start(
                        new ChildCommand(
                                name, command(system, name, hops), Map.of(), system.logOf(name)),
                        line -> {
                            if (line.equals(CopierMain.READY)) {
                                ready.countDown();
                            }
                        });
        system.endLater(process);
        if (!ready.await(READY_LIMIT_S, TimeUnit.SECONDS)) {
            process.kill();
            throw new IllegalStateException(
                    name + " did not come up: " + String.join(" | ", process.lastLines()));
        }
        return new Copier(process);
    }

    long pid() {
        return process.pid();
    }

    @Override
    public void close() {
        process.close();
    }

    private static List<String> command(BenchSystem system, String name, int hops) {
        return RunningProgram.java(
                HEAP_MB,
                List.of(
                        "-cp",
                        System.getProperty("java.class.path"),
                        CopierMain.class.getName(),
                        system.bootstrapServers(),
                        system.stateOf(name).toString(),
                        Integer.toString(hops)));
    }
}
