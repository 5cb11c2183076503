package dev.brigade.standalone.up;

import dev.brigade.config.ParentWatch;
import dev.brigade.config.process.HealthEndpoint;
import dev.brigade.config.process.HealthEndpoint.Readiness;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Jars in the places of Brigade's programs, which are not built when this module is tested. Each
 * answers at its health port as the real ones do; what a file {@code obstacle} in its data folder
 * holds keeps it from being ready.
 */
final class TestingPrograms {

    private TestingPrograms() {}

    static void install(List<Path> jars) throws IOException {
        for (Path jar : jars) {
            Files.createDirectories(jar.getParent());
            Manifest manifest = new Manifest();
            Attributes main = manifest.getMainAttributes();
            main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
            main.put(Attributes.Name.MAIN_CLASS, TestingPrograms.class.getName());
            main.put(Attributes.Name.CLASS_PATH, classPath());
            new JarOutputStream(Files.newOutputStream(jar), manifest).close();
        }
    }

    public static void main(String[] args) throws Exception {
        ParentWatch.startIfAsked();
        Path obstacle = Path.of(variable("BRIGADE_DATA_DIR")).resolve("obstacle");
        String port = System.getenv().getOrDefault("BRIGADE_HEALTH_PORT", "");
        if (port.isEmpty()) {
            port = variable("INFERENCE_PORT");
        }
        System.out.println("kafka is at " + variable("INFERENCE_KAFKA_BOOTSTRAP_SERVERS"));
        try (var health =
                HealthEndpoint.start(Integer.parseInt(port), "testing", () -> state(obstacle))) {
            System.out.println("answers at " + health.port());
            new CountDownLatch(1).await();
        }
    }

    private static Readiness state(Path obstacle) {
        try {
            return new Readiness.NotReady(Files.readString(obstacle));
        } catch (IOException e) {
            return new Readiness.Ready("ready");
        }
    }

    private static String variable(String name) {
        return Objects.requireNonNull(System.getenv(name), name);
    }

    private static String classPath() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(entry -> Path.of(entry).toUri().toString())
                .collect(Collectors.joining(" "));
    }
}
