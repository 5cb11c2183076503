package dev.brigade.standalone.up;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.contract.topic.Topics;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How a system starts and ends: a real broker, and stand-ins for Brigade's own programs. */
@Timeout(120)
class UpTest {

    @TempDir Path root;
    private TestingSystem system;

    @BeforeEach
    void prepare() throws Exception {
        system = new TestingSystem(root);
    }

    @Test
    void endsByDownWithinTenSeconds() throws Exception {
        try (var up = system.start("up")) {
            up.awaitLine("ready in");
            List<ProcessHandle> programs = system.programs();

            try (var down = system.start("down")) {
                assertThat(down.exitCode(10)).isZero();
                down.awaitLine("stopped in");
            }

            assertThat(up.child().isAlive()).isFalse();
            assertThat(programs).noneMatch(ProcessHandle::isAlive);
        }
        try (var again = system.start("down")) {
            assertThat(again.exitCode(20)).isZero();
            again.awaitLine("nothing runs on");
        }
    }

    @Test
    void leavesNoProgramBehindWhenItIsKilledAndGoesOnWithItsDataAfterwards() throws Exception {
        List<ProcessHandle> programs;
        try (var up = system.start("up")) {
            up.awaitLine("ready in");
            programs = system.programs();
            createTopic("mine");
            up.child().kill();
        }

        try (var up = system.start("up")) {
            up.awaitLine("ready in");
            assertThat(programs).noneMatch(ProcessHandle::isAlive);
            assertThat(topics()).contains("mine");
        }

        try (var fresh = system.start("up", "--fresh")) {
            fresh.awaitLine("is forgotten");
            fresh.awaitLine("ready in");
            assertThat(topics()).contains(Topics.REQUESTS).doesNotContain("mine");
        }
    }

    @Test
    void saysWhichPortIsTakenAndStartsNothing() throws Exception {
        int port = system.settings().kafkaPort();
        try (var taken = new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
                var up = system.start("up")) {
            assertThat(taken.isBound()).isTrue();
            assertThat(up.exitCode(20)).isEqualTo(1);
            assertThat(up.lines())
                    .singleElement()
                    .asString()
                    .contains("port " + port, "BRIGADE_KAFKA_PORT");
        }
    }

    @Test
    void saysWhatItWaitsForAndEndsWhenAskedToInMidStart() throws Exception {
        Path state = Files.createDirectories(system.settings().home().resolve("state"));
        Files.writeString(state.resolve("obstacle"), "loading the model");
        try (var up = system.start("up")) {
            up.awaitLine("waiting for dispatcher: loading the model");
            List<ProcessHandle> programs = system.programs();

            ProcessHandle.of(up.child().pid()).orElseThrow().destroy();

            assertThat(up.exitCode(10)).isEqualTo(143);
            assertThat(programs).noneMatch(ProcessHandle::isAlive);
        }
    }

    @Test
    void givesUpOnAProgramThatDoesNotStayUp() throws Exception {
        Files.writeString(system.settings().workerJar(), "not a jar");
        try (var up = system.start("up")) {
            assertThat(up.exitCode(60)).isEqualTo(1);
            up.awaitLine("worker does not stay up");
            up.awaitLine("worker-app.jar");
        }
    }

    @Test
    void refusesOptionsThatItDoesNotHave() throws Exception {
        try (var up = system.start("up", "--frish")) {
            assertThat(up.exitCode(20)).isEqualTo(2);
            up.awaitLine("--frish");
        }
    }

    private Admin admin() {
        return Admin.create(
                Map.of("bootstrap.servers", "127.0.0.1:" + system.settings().kafkaPort()));
    }

    private Set<String> topics() throws Exception {
        try (Admin admin = admin()) {
            return admin.listTopics().names().get(20, TimeUnit.SECONDS);
        }
    }

    private void createTopic(String name) throws Exception {
        try (Admin admin = admin()) {
            admin.createTopics(List.of(new NewTopic(name, 1, (short) 1)))
                    .all()
                    .get(20, TimeUnit.SECONDS);
        }
    }
}
