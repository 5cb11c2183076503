package dev.brigade.bench.programs;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** Processor time that processes take. */
public final class CpuUse {

    private CpuUse() {}

    /**
     * Share of one core that each process takes while the caller waits.
     *
     * @return by name, 1 is a whole core
     */
    public static Map<String, Double> during(Map<String, ProcessHandle> processes, Duration wait)
            throws InterruptedException {
        Map<String, Duration> before = total(processes);
        long start = System.nanoTime();
        Thread.sleep(wait);
        double elapsed = System.nanoTime() - start;
        Map<String, Double> shares = new LinkedHashMap<>();
        total(processes)
                .forEach((name, after) -> {
                    Duration used = after.minus(before.getOrDefault(name, Duration.ZERO));
                    shares.put(name, used.toNanos() / elapsed);
                });
        return shares;
    }

    private static Map<String, Duration> total(Map<String, ProcessHandle> processes) {
        Map<String, Duration> total = new LinkedHashMap<>();
        processes.forEach((name, process) ->
                process.info().totalCpuDuration().ifPresent(used -> total.put(name, used)));
        return total;
    }
}
