package dev.brigade.standalone.control;

import dev.brigade.standalone.home.ProcessMark;
import dev.brigade.standalone.home.RunRecord;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** {@code status}: what runs on a data folder. */
public final class StatusCommand {

    /** As service scripts have it: the program is not running. */
    static final int NOT_RUNNING = 3;

    private static final Duration TIMEOUT = Duration.ofSeconds(3);

    private final Path home;
    private final Consumer<String> say;

    public StatusCommand(Path home, Consumer<String> say) {
        this.home = home;
        this.say = say;
    }

    /** Prints a line for each process; 0 when the system can answer, 1 when not, 3 when down. */
    public int run() throws IOException, InterruptedException {
        RunRecord record = new RunRecord(home);
        Map<String, ProcessMark> noted = record.processes();
        if (noted.values().stream().allMatch(mark -> mark.find().isEmpty())) {
            say.accept("nothing runs on " + home);
            return NOT_RUNNING;
        }
        noted.forEach((name, mark) -> say.accept(line(name, mark)));
        String rest = record.address("rest").orElse("");
        boolean ready = ready(rest);
        say.accept(ready ? "ready at " + rest : "not ready: " + rest + "/health/ready says why");
        return ready ? 0 : 1;
    }

    private static String line(String name, ProcessMark mark) {
        return mark.find()
                .map(handle ->
                        "%-11s process %-8d %s".formatted(name, handle.pid(), memory(handle)))
                .orElse("%-11s ended".formatted(name));
    }

    private static String memory(ProcessHandle handle) {
        try (Stream<String> lines = Files.lines(Path.of("/proc/" + handle.pid() + "/status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .map(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024 + " MB")
                    .findFirst()
                    .orElse("");
        } catch (IOException e) {
            // Not Linux, or it has just ended.
            return "";
        }
    }

    private static boolean ready(String rest) throws InterruptedException {
        try (HttpClient http = HttpClient.newBuilder().connectTimeout(TIMEOUT).build()) {
            var request =
                    HttpRequest.newBuilder(URI.create(rest + "/health/ready"))
                            .timeout(TIMEOUT)
                            .build();
            return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException | IllegalArgumentException e) {
            return false;
        }
    }
}
