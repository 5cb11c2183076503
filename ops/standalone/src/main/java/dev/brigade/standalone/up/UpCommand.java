package dev.brigade.standalone.up;

import dev.brigade.standalone.check.AvailableMemory;
import dev.brigade.standalone.check.Preflight;
import dev.brigade.standalone.home.DataFolder;
import dev.brigade.standalone.home.HomeException;
import dev.brigade.standalone.home.Leftovers;
import dev.brigade.standalone.settings.StandaloneSettings;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

/** {@code up}: runs the system until the process is told to end. */
public final class UpCommand {

    private static final Duration LEFTOVER_LIMIT = Duration.ofSeconds(10);

    private final StandaloneSettings settings;
    private final Consumer<String> say;
    private final Consumer<String> complain;

    /**
     * @param say takes lines for the person at the terminal
     * @param complain takes the lines about what keeps the system from starting
     */
    public UpCommand(StandaloneSettings settings, Consumer<String> say, Consumer<String> complain) {
        this.settings = settings;
        this.say = say;
        this.complain = complain;
    }

    /**
     * Runs the system. Returns only when it could not be started; else the process ends by a
     * signal, and a shutdown hook ends the system.
     *
     * @param fresh forgets all data first
     * @return exit code
     */
    public int run(boolean fresh) throws InterruptedException {
        Instant start = Instant.now();
        DataFolder folder;
        try {
            folder = DataFolder.take(settings.home());
        } catch (HomeException e) {
            complain.accept(e.getMessage());
            return 1;
        }
        if (!prepared(folder, fresh)) {
            return 1;
        }
        var supervisor = new Supervisor(settings, folder, say);
        var hook = new Thread(() -> end(supervisor, folder), "stop");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            supervisor.start();
        } catch (StartException e) {
            complain.accept(e.getMessage());
            return 1;
        }
        say.accept("ready in %.1f s".formatted(seconds(start)));
        Welcome.lines(settings).forEach(say);
        new CountDownLatch(1).await();
        return 0;
    }

    private boolean prepared(DataFolder folder, boolean fresh) {
        try {
            // Children of a system that was killed end by themselves, but not in the same instant.
            Leftovers.end(folder.runRecord().processes(), LEFTOVER_LIMIT);
            List<String> problems = Preflight.problems(settings, AvailableMemory.megabytes());
            problems.forEach(complain);
            if (problems.isEmpty() && fresh) {
                folder.forget();
                say.accept("all data of " + settings.home() + " is forgotten");
            }
            return problems.isEmpty();
        } catch (IOException e) {
            complain.accept("the data folder cannot be used: " + e.getMessage());
            return false;
        }
    }

    private void end(Supervisor supervisor, DataFolder folder) {
        Instant start = Instant.now();
        say.accept("stopping");
        supervisor.close();
        try {
            folder.runRecord().clear();
            folder.close();
        } catch (IOException e) {
            complain.accept("the data folder cannot be written: " + e.getMessage());
        }
        say.accept("stopped in %.1f s".formatted(seconds(start)));
    }

    private static double seconds(Instant since) {
        return Duration.between(since, Instant.now()).toMillis() / 1000.0;
    }
}
