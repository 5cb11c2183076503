package dev.brigade.standalone.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class WatchedProgramTest {

    private static final Backoff QUICK =
            new Backoff(Duration.ofMillis(1), Duration.ofMillis(4), Duration.ofMinutes(1));

    private final List<TestingProcess> started = new CopyOnWriteArrayList<>();
    private final List<String> said = new CopyOnWriteArrayList<>();

    @Test
    void startsAgainWhatEndedAndSaysSo() throws Exception {
        try (var program = WatchedProgram.start("worker", this::next, QUICK, said::add)) {
            started.getFirst().exit.complete(137);
            await().until(() -> program.restarts() == 1);

            assertThat(program.process()).isSameAs(started.get(1));
            assertThat(said)
                    .containsExactly(
                            "worker ended with code 137; starting it again in 0.0 s",
                            "worker runs again as process 2");
        }
        assertThat(started).hasSize(2).allMatch(process -> !process.isAlive());
    }

    @Test
    void leavesWhatItEndedItself() throws Exception {
        var program = WatchedProgram.start("worker", this::next, QUICK, said::add);

        program.close();
        program.close();

        assertThat(started).hasSize(1).allMatch(process -> !process.isAlive());
        assertThat(said).isEmpty();
    }

    @Test
    void triesAgainWhenARestartFails() throws Exception {
        var failures = new AtomicInteger(2);
        Starter starter =
                () -> {
                    if (!started.isEmpty() && failures.getAndDecrement() > 0) {
                        throw new IOException("no memory");
                    }
                    return next();
                };
        try (var program = WatchedProgram.start("worker", starter, QUICK, said::add)) {
            started.getFirst().exit.complete(1);
            await().until(() -> program.restarts() == 1);

            assertThat(said).filteredOn(line -> line.contains("no memory")).hasSize(2);
        }
    }

    @Test
    void leavesAFailedFirstStartToItsCaller() {
        assertThatIOException()
                .isThrownBy(() ->
                        WatchedProgram.start(
                                        "worker",
                                        () -> {
                                            throw new IOException("no memory");
                                        },
                                        QUICK,
                                        said::add)
                                .close())
                .withMessage("no memory");
    }

    private RunningProcess next() {
        var process = new TestingProcess(started.size() + 1);
        started.add(process);
        return process;
    }

    private static final class TestingProcess implements RunningProcess {

        private final long pid;
        private final CompletableFuture<Integer> exit = new CompletableFuture<>();

        TestingProcess(long pid) {
            this.pid = pid;
        }

        @Override
        public long pid() {
            return pid;
        }

        @Override
        public boolean isAlive() {
            return !exit.isDone();
        }

        @Override
        public CompletableFuture<Integer> onExit() {
            return exit;
        }

        @Override
        public List<String> lastLines() {
            return List.of();
        }

        @Override
        public void kill() {
            exit.complete(137);
        }

        @Override
        public void close(Duration within) {
            exit.complete(0);
        }
    }
}
