package dev.brigade.standalone.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.standalone.settings.StandaloneSettings;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreflightTest {

    private static final OptionalLong PLENTY = OptionalLong.of(100_000);

    @TempDir Path root;
    private final Map<String, String> environment = new HashMap<>();

    @BeforeEach
    void chooseFreePorts() throws Exception {
        for (String variable :
                List.of("INFERENCE_PORT", "BRIGADE_KAFKA_PORT", "BRIGADE_REGISTRY_PORT")) {
            try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                environment.put(variable, Integer.toString(free.getLocalPort()));
            }
        }
        for (Path jar : settings().jars()) {
            Files.createDirectories(jar.getParent());
            Files.createFile(jar);
        }
    }

    @Test
    void findsNothingInTheWayOnAMachineThatIsReady() {
        assertThat(Preflight.problems(settings(), PLENTY)).isEmpty();
        assertThat(Preflight.problems(settings(), OptionalLong.empty())).isEmpty();
    }

    @Test
    void namesATakenPortWhoseItIsAndTheVariableThatChangesIt() throws Exception {
        for (String variable : environment.keySet()) {
            int port = Integer.parseInt(environment.get(variable));
            try (var taken = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                assertThat(taken.isBound()).isTrue();
                assertThat(Preflight.problems(settings(), PLENTY))
                        .singleElement()
                        .asString()
                        .contains("port " + port, "is taken", "set " + variable);
            }
        }
    }

    @Test
    void namesAnAddressThatIsNotOfThisMachine() {
        environment.put("INFERENCE_HOST", "no such host");

        assertThat(Preflight.problems(settings(), PLENTY))
                .singleElement()
                .asString()
                .contains("no such host", "INFERENCE_HOST");
    }

    @Test
    void saysHowMuchMemoryIsMissing() {
        assertThat(Preflight.problems(settings(), OptionalLong.of(1499)))
                .singleElement()
                .asString()
                .contains("1499 MB are available", "1500 MB are needed", "BRIGADE_MIN_MEMORY_MB");

        environment.put("BRIGADE_MIN_MEMORY_MB", "1000");
        assertThat(Preflight.problems(settings(), OptionalLong.of(1499))).isEmpty();
    }

    @Test
    void namesEveryMissingJarAndHowToBuildIt() throws Exception {
        Files.delete(settings().workerJar());
        Files.delete(settings().restJar());

        assertThat(Preflight.problems(settings(), PLENTY))
                .hasSize(2)
                .allMatch(line -> line.contains("is missing") && line.contains("mvn"))
                .anyMatch(line -> line.startsWith("worker/app/target/worker-app.jar"));
    }

    private StandaloneSettings settings() {
        return StandaloneSettings.read(root, environment);
    }
}
