package dev.brigade.standalone.check;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** Memory that new processes could get, on a Linux machine or in a container on it. */
public final class AvailableMemory {

    private final Path memInfo;
    private final Path controlGroup;

    AvailableMemory(Path memInfo, Path controlGroup) {
        this.memInfo = memInfo;
        this.controlGroup = controlGroup;
    }

    /** That of this machine, in MiB; empty where the system does not say. */
    public static OptionalLong megabytes() {
        return new AvailableMemory(Path.of("/proc/meminfo"), Path.of("/sys/fs/cgroup")).read();
    }

    OptionalLong read() {
        OptionalLong machine = machineMb();
        OptionalLong container = containerMb();
        if (machine.isPresent() && container.isPresent()) {
            return OptionalLong.of(Math.min(machine.getAsLong(), container.getAsLong()));
        }
        return machine.isPresent() ? machine : container;
    }

    private OptionalLong machineMb() {
        try (Stream<String> lines = Files.lines(memInfo)) {
            return lines.filter(line -> line.startsWith("MemAvailable:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) >> 10)
                    .findFirst();
        } catch (IOException | NumberFormatException e) {
            return OptionalLong.empty();
        }
    }

    /** What a limit on the container leaves; the page cache in it makes room when asked to. */
    private OptionalLong containerMb() {
        try {
            long limit = number("memory.max");
            long used = number("memory.current");
            long cache = pageCache();
            return OptionalLong.of((limit - used + cache) >> 20);
        } catch (IOException | NumberFormatException e) {
            return OptionalLong.empty();
        }
    }

    private long number(String file) throws IOException {
        return Long.parseLong(Files.readString(controlGroup.resolve(file)).strip());
    }

    private long pageCache() throws IOException {
        try (Stream<String> lines = Files.lines(controlGroup.resolve("memory.stat"))) {
            return lines.filter(line -> line.startsWith("file "))
                    .mapToLong(line -> Long.parseLong(line.substring(5)))
                    .findFirst()
                    .orElse(0);
        }
    }
}
