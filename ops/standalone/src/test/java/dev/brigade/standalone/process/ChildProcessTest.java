package dev.brigade.standalone.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ChildProcessTest {

    @TempDir Path folder;

    @Test
    void logsBothStreamsAndRemembersTheLastLines() throws Exception {
        Path log = folder.resolve("child.log");
        var command =
                TestingChild.command(
                        log, "say", "one", "complain", "two", "environment", "exit", "3");
        try (var child = ChildProcess.start(command, line -> {})) {
            assertThat(child.onExit().get(20, TimeUnit.SECONDS)).isEqualTo(3);
            await().until(() -> child.lastLines().size() == 3);

            assertThat(child.lastLines()).containsExactlyInAnyOrder("one", "two", "yes");
        }
        assertThat(log).content().contains("one\n", "two\n", "yes\n");
    }

    @Test
    void endsAChildInOrderByClosingItsInput() throws Exception {
        var child = startAndAwaitLine("say", "up", "wait");

        child.close();

        assertThat(child.onExit().get(1, TimeUnit.SECONDS)).isZero();
    }

    @Test
    void endsAChildThatDoesNotListenByForce() throws Exception {
        var child = startAndAwaitLine("say", "up", "hang");

        child.close(Duration.ofMillis(300));

        assertThat(child.isAlive()).isFalse();
        assertThat(child.onExit().get(1, TimeUnit.SECONDS)).isEqualTo(137);
    }

    @Test
    void saysWhenThereIsNoSuchProgram() {
        var command =
                new ChildCommand(
                        "none", List.of("/no/such/program"), Map.of(), folder.resolve("none.log"));

        assertThatIOException()
                .isThrownBy(() -> ChildProcess.start(command, line -> {}).close())
                .withMessageContaining("/no/such/program");
    }

    private ChildProcess startAndAwaitLine(String... what) throws Exception {
        var lines = new LinkedBlockingQueue<String>();
        var child =
                ChildProcess.start(
                        TestingChild.command(folder.resolve("child.log"), what), lines::add);
        assertThat(lines.poll(20, TimeUnit.SECONDS)).isEqualTo("up");
        return child;
    }
}
