package dev.brigade.standalone.check;

import dev.brigade.standalone.settings.StandaloneSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * Says why a system could not run here, each reason in one line that names what to change. Asked
 * before the first process is started, since a failure in the middle is harder to read.
 */
public final class Preflight {

    private Preflight() {}

    /** Everything that is in the way; empty when nothing is. */
    public static List<String> problems(StandaloneSettings settings, OptionalLong availableMb) {
        List<String> problems = new ArrayList<>();
        missingJars(settings, problems);
        tooLittleMemory(settings, availableMb, problems);
        takenPorts(settings, problems);
        return List.copyOf(problems);
    }

    private static void missingJars(StandaloneSettings settings, List<String> problems) {
        for (Path jar : settings.jars()) {
            if (!Files.isRegularFile(jar)) {
                problems.add(
                        "%s is missing: build it with mvn -q -DskipTests package"
                                .formatted(settings.root().relativize(jar)));
            }
        }
    }

    private static void tooLittleMemory(
            StandaloneSettings settings, OptionalLong availableMb, List<String> problems) {
        if (availableMb.isPresent() && availableMb.getAsLong() < settings.minMemoryMb()) {
            problems.add(
                    "too little memory: %d MB are available and %d MB are needed (%s changes the limit)"
                            .formatted(
                                    availableMb.getAsLong(),
                                    settings.minMemoryMb(),
                                    StandaloneSettings.MIN_MEMORY_MB));
        }
    }

    private static void takenPorts(StandaloneSettings settings, List<String> problems) {
        port(
                "the REST adapter",
                settings.host(),
                settings.restPort(),
                StandaloneSettings.REST_PORT,
                problems);
        port("Kafka", "127.0.0.1", settings.kafkaPort(), StandaloneSettings.KAFKA_PORT, problems);
        port(
                "the schema registry",
                "127.0.0.1",
                settings.registryPort(),
                StandaloneSettings.REGISTRY_PORT,
                problems);
    }

    private static void port(
            String whose, String host, int port, String variable, List<String> problems) {
        try (ServerSocket probe = new ServerSocket()) {
            probe.bind(new InetSocketAddress(InetAddress.getByName(host), port), 1);
        } catch (UnknownHostException e) {
            problems.add(
                    "%s is not an address of this machine: change %s"
                            .formatted(host, StandaloneSettings.REST_HOST));
        } catch (IOException e) {
            problems.add(
                    "port %d, which %s needs, is taken on %s: free it or set %s to another port"
                            .formatted(port, whose, host, variable));
        }
    }
}
