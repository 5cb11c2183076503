package dev.brigade.bench.programs;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Memory of a Java process with the serial collector.
 *
 * @param residentMb what the operating system has given it
 * @param liveHeapMb what its heap holds after a full collection, which is forced
 */
public record ProcessMemory(double residentMb, double liveHeapMb) {

    private static final Pattern GENERATION =
            Pattern.compile("(?mi)^\\s*(?:DefNew|def new|tenured)\\b.*\\bused (\\d+)K");
    private static final double KB_OF_MB = 1024;
    private static final long LIMIT_S = 60;

    /**
     * Looks at a process.
     *
     * @throws IllegalStateException when it has ended or does not answer within a minute
     */
    public static ProcessMemory of(long pid) throws IOException, InterruptedException {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        output(jcmd, Long.toString(pid), "GC.run");
        double heap = usedKb(output(jcmd, Long.toString(pid), "GC.heap_info"));
        String resident = output("ps", "-o", "rss=", "-p", Long.toString(pid)).strip();
        return new ProcessMemory(Double.parseDouble(resident) / KB_OF_MB, heap / KB_OF_MB);
    }

    /** Sum of what the generations use. */
    static long usedKb(String heapInfo) {
        List<MatchResult> generations = GENERATION.matcher(heapInfo).results().toList();
        if (generations.isEmpty()) {
            throw new IllegalStateException("no generation in: " + heapInfo);
        }
        return generations.stream().mapToLong(found -> Long.parseLong(found.group(1))).sum();
    }

    private static String output(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        byte[] all = process.getInputStream().readAllBytes();
        if (!process.waitFor(LIMIT_S, TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IllegalStateException(
                    "%s failed: %s".formatted(command[0], new String(all, StandardCharsets.UTF_8)));
        }
        return new String(all, StandardCharsets.UTF_8);
    }
}
