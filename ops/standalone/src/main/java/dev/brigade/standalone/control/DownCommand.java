package dev.brigade.standalone.control;

import dev.brigade.standalone.home.Leftovers;
import dev.brigade.standalone.home.ProcessMark;
import dev.brigade.standalone.home.RunRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** {@code down}: ends the system that runs on a data folder, and no other process. */
public final class DownCommand {

    private static final Duration ORDERLY = Duration.ofSeconds(9);
    private static final Duration REST = Duration.ofMillis(500);

    private final Path home;
    private final Consumer<String> say;

    public DownCommand(Path home, Consumer<String> say) {
        this.home = home;
        this.say = say;
    }

    /** Ends it within 10 s and returns the exit code. */
    public int run() throws IOException {
        RunRecord record = new RunRecord(home);
        Map<String, ProcessMark> noted = record.processes();
        if (noted.values().stream().allMatch(mark -> mark.find().isEmpty())) {
            say.accept("nothing runs on " + home);
            record.clear();
            return 0;
        }
        long start = System.nanoTime();
        Optional<ProcessHandle> supervisor =
                Optional.ofNullable(noted.get(RunRecord.SUPERVISOR)).flatMap(ProcessMark::find);
        supervisor.ifPresent(ProcessHandle::destroy);
        Leftovers.end(noted, supervisor.isPresent() ? ORDERLY : REST);
        record.clear();
        say.accept("stopped in %.1f s".formatted((System.nanoTime() - start) / 1e9));
        return 0;
    }
}
