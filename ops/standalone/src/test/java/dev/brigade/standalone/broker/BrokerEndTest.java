package dev.brigade.standalone.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.brigade.standalone.process.ChildCommand;
import dev.brigade.standalone.process.ChildProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How a broker ends: asked, told by signal, or left alone by its parent. */
class BrokerEndTest {

    @TempDir Path folder;

    @Test
    @Timeout(60)
    void endsInOrderWhenItsStandardInputCloses() throws Exception {
        BrokerProcess broker = BrokerProcess.start(BrokerSettings.forTests(folder));

        broker.close();

        assertThat(broker.onExit().get(1, TimeUnit.SECONDS)).isZero();
        broker.close();
    }

    @Test
    @Timeout(60)
    void endsInOrderOnSigterm() throws Exception {
        try (BrokerProcess broker = BrokerProcess.start(BrokerSettings.forTests(folder))) {
            ProcessHandle.of(broker.pid()).orElseThrow().destroy();

            // 128 + 15: what a JVM returns that ran its hooks after SIGTERM.
            assertThat(broker.onExit().get(10, TimeUnit.SECONDS)).isEqualTo(143);
        }
    }

    @Test
    @Timeout(60)
    void endsSoonAfterItsParentWasKilled() throws Exception {
        var brokerPid = new CompletableFuture<Long>();
        List<String> command =
                List.of(
                        ChildCommand.java(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        BrokerHolder.class.getName(),
                        folder.toString());
        Path log = folder.resolve("holder.log");
        try (ChildProcess parent =
                ChildProcess.start(
                        new ChildCommand("holder", command, Map.of(), log),
                        line -> brokerPid.complete(Long.parseLong(line)))) {
            ProcessHandle broker =
                    ProcessHandle.of(brokerPid.get(40, TimeUnit.SECONDS)).orElseThrow();
            assertThat(broker.isAlive()).isTrue();

            parent.kill();

            await().atMost(Duration.ofSeconds(10)).until(() -> !broker.isAlive());
        }
    }

    /** Holds a broker for ever and prints its process id. */
    static final class BrokerHolder {
        private BrokerHolder() {}

        public static void main(String[] args) throws Exception {
            BrokerProcess broker = BrokerProcess.start(BrokerSettings.forTests(Path.of(args[0])));
            System.out.println(broker.pid());
            broker.onExit().join();
        }
    }
}
