package dev.brigade.standalone.home;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Processes of a system whose supervisor is gone. */
public final class Leftovers {

    private Leftovers() {}

    /**
     * Waits until they have ended, and ends by force those that have not within the time. Nothing
     * but what the marks name is touched.
     */
    public static void end(Map<String, ProcessMark> noted, Duration within) {
        long deadline = System.nanoTime() + within.toNanos();
        for (ProcessHandle process : alive(noted)) {
            await(process, Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
        }
    }

    private static List<ProcessHandle> alive(Map<String, ProcessMark> processes) {
        return processes.values().stream().flatMap(mark -> mark.find().stream()).toList();
    }

    private static void await(ProcessHandle process, Duration within) {
        try {
            process.onExit().get(within.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            process.destroyForcibly();
        } catch (ExecutionException e) {
            throw new IllegalStateException("waiting for an exit does not fail", e);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
