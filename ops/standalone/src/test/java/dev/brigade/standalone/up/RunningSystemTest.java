package dev.brigade.standalone.up;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.brigade.contract.topic.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What can be seen of one running system, up to its end by a signal. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(120)
class RunningSystemTest {

    private TestingSystem system;
    private TestingSystem.Command up;

    @BeforeAll
    void start(@TempDir Path root) throws Exception {
        system = new TestingSystem(root);
        up = system.start("up");
        up.awaitLine("ready in");
    }

    @AfterAll
    void stop() {
        up.close();
    }

    @Test
    void hasTheTopicsOfTheContract() throws Exception {
        var config =
                Map.<String, Object>of(
                        "bootstrap.servers", "127.0.0.1:" + system.settings().kafkaPort());
        try (Admin admin = Admin.create(config)) {
            assertThat(admin.listTopics().names().get(20, TimeUnit.SECONDS))
                    .contains(Topics.REQUESTS, Topics.REPLIES, Topics.TOKENS);
        }
    }

    @Test
    void saysWhatToTryNext() {
        up.awaitLine("ops/brigade ask");
        up.awaitLine("curl -N " + system.settings().restUrl());
        up.awaitLine("kcat -b 127.0.0.1:" + system.settings().kafkaPort());
    }

    @Test
    void showsItsProcessesInItsStatus() throws Exception {
        try (var status = system.start("status")) {
            assertThat(status.exitCode(30)).isZero();
            for (String name : List.of("supervisor", "broker", "dispatcher", "worker", "rest")) {
                status.awaitLine(name);
            }
            status.awaitLine("ready at");
        }
    }

    @Test
    void tellsItsProgramsWhereKafkaIs() throws Exception {
        Path log = system.settings().home().resolve("logs/worker.log");

        assertThat(log).content().contains("127.0.0.1:" + system.settings().kafkaPort());
    }

    @Test
    void keepsASecondSystemOffItsFolder() throws Exception {
        try (var second = system.start("up")) {
            assertThat(second.exitCode(30)).isEqualTo(1);
            second.awaitLine("already");
            assertThat(second.lines()).hasSize(1);
        }
        assertThat(up.child().isAlive()).isTrue();
    }

    @Test
    @Order(1)
    void startsAgainAProgramThatWasKilled() throws Exception {
        ProcessHandle worker = system.process("worker");

        worker.destroyForcibly();

        up.awaitLine("worker ended with code 137");
        up.awaitLine("worker runs again");
        await().atMost(Duration.ofSeconds(20))
                .ignoreExceptions()
                .until(() -> system.process("worker").pid() != worker.pid());
    }

    @Test
    @Order(Integer.MAX_VALUE)
    void endsWithAllItsProgramsOnSigterm() throws Exception {
        List<ProcessHandle> programs = system.programs();

        ProcessHandle.of(up.child().pid()).orElseThrow().destroy();

        assertThat(up.exitCode(10)).isEqualTo(143);
        assertThat(programs).noneMatch(ProcessHandle::isAlive);
        try (var status = system.start("status")) {
            assertThat(status.exitCode(30)).isEqualTo(3);
        }
    }
}
