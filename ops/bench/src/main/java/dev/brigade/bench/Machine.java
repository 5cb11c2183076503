package dev.brigade.bench;

import com.sun.management.OperatingSystemMXBean;
import dev.brigade.bench.figures.Table;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Stream;

/** Where the figures were measured. */
public final class Machine {

    private static final OperatingSystemMXBean SYSTEM =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    private Machine() {}

    /** Lines that belong above every table of figures. */
    public static List<String> describe() {
        return List.of(
                "Date: " + Instant.now().truncatedTo(ChronoUnit.SECONDS),
                "Machine: %s, %d cores, %d MB memory, %s"
                        .formatted(
                                processor(),
                                SYSTEM.getAvailableProcessors(),
                                SYSTEM.getTotalMemorySize() >> 20,
                                System.getProperty("os.name")),
                "Java: " + System.getProperty("java.vm.version"),
                load("at the start"));
    }

    /** The load average of the last minute: above about 0.5 at the start, figures are too low. */
    static String load(String when) {
        return "Load of the machine %s: %s"
                .formatted(when, Table.number(SYSTEM.getSystemLoadAverage(), 2));
    }

    private static String processor() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElseGet(() -> System.getProperty("os.arch"));
        } catch (IOException e) {
            return System.getProperty("os.arch");
        }
    }
}
