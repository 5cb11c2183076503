package dev.brigade.worker.llama;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Memory that a process has resident, where the system tells it (Linux). */
final class ResidentMemory {

    private static final String KEY = "VmRSS:";

    private ResidentMemory() {}

    /** In MiB; 0 where unknown. */
    static long ofMb(ProcessHandle process) {
        Path status = Path.of("/proc", Long.toString(process.pid()), "status");
        try {
            return Files.readAllLines(status).stream()
                    .filter(line -> line.startsWith(KEY))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            return 0;
        }
    }
}
