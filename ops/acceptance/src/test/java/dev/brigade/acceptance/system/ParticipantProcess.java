package dev.brigade.acceptance.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** The example participant as a process of its own. */
public final class ParticipantProcess implements AutoCloseable {

    private static final Path ROOT = Path.of(System.getProperty("brigade.root", "../.."));

    private final Process process;
    private final Path ledger;
    private final Path log;

    private ParticipantProcess(Process process, Path ledger, Path log) {
        this.process = process;
        this.ledger = ledger;
        this.log = log;
    }

    /**
     * Starts it and waits until it takes part.
     *
     * @param folder its ledger and its output go there
     * @param options further ones of the command
     */
    public static ParticipantProcess start(
            String bootstrapServers, String topic, Path folder, String... options) {
        Path ledger = folder.resolve("ledger-" + topic);
        Path log = folder.resolve("participant-" + topic + ".log");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx64m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        command.addAll(
                List.of("-jar", ROOT.resolve("ops/standalone/target/standalone.jar").toString()));
        command.addAll(List.of("participant", "--topic", topic, "--ledger", ledger.toString()));
        command.addAll(List.of(options));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.redirectOutput(log.toFile());
        builder.environment().put("INFERENCE_KAFKA_BOOTSTRAP_SERVERS", bootstrapServers);
        builder.environment().put("BRIGADE_EXIT_ON_STDIN_CLOSE", "true");
        try {
            Files.createDirectories(folder);
            ParticipantProcess started =
                    new ParticipantProcess(builder.start(), ledger, log.toAbsolutePath());
            started.awaitLine("undoing what");
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ids that it has undone, in order. */
    public List<String> ledger() {
        return lines(ledger);
    }

    /** Its output so far. */
    public List<String> output() {
        return lines(log);
    }

    /** Waits until it has said something that contains the text. */
    public void awaitLine(String text) {
        Awaitility.await("the participant says " + text)
                .atMost(Duration.ofSeconds(60))
                .until(() -> {
                    List<String> said = output();
                    if (!process.isAlive()) {
                        throw new IllegalStateException("the participant ended: " + said);
                    }
                    return said.stream().anyMatch(line -> line.contains(text));
                });
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(15, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException("the participant did not end, see " + log);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static List<String> lines(Path file) {
        try {
            return Files.exists(file) ? Files.readAllLines(file) : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
