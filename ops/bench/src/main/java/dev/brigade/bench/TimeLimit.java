package dev.brigade.bench;

import java.time.Duration;
import java.util.Timer;
import java.util.TimerTask;
import java.util.function.Consumer;

/** Ends the process, however a measurement hangs; the hooks of the exit end every child. */
public final class TimeLimit {

    private static final int OUT_OF_TIME = 3;

    private TimeLimit() {}

    /** Ends the process with an exit code of its own when it still runs by then. */
    public static void endAfter(Duration limit, Consumer<String> progress) {
        new Timer("time-limit", true)
                .schedule(
                        new TimerTask() {
                            @Override
                            public void run() {
                                progress.accept("given up after " + limit.toMinutes() + " minutes");
                                System.exit(OUT_OF_TIME);
                            }
                        },
                        limit.toMillis());
    }
}
