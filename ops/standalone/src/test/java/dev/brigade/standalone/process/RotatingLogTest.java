package dev.brigade.standalone.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RotatingLogTest {

    @TempDir Path folder;

    @Test
    void keepsTheLogOfTheRunBefore() throws Exception {
        Path file = folder.resolve("logs/worker.log");
        write(file, 100, "first run");
        write(file, 100, "second run");

        assertThat(file).hasContent("second run");
        assertThat(folder.resolve("logs/worker.log.1")).hasContent("first run");
    }

    @Test
    void neverTakesMoreThanTwiceItsLimit() throws Exception {
        Path file = folder.resolve("worker.log");
        try (var log = new RotatingLog(file, 1000)) {
            for (int i = 0; i < 1000; i++) {
                log.line("line number " + i);
            }
        }

        assertThat(Files.size(file)).isLessThanOrEqualTo(1000);
        assertThat(Files.size(folder.resolve("worker.log.1"))).isLessThanOrEqualTo(1000);
        assertThat(Files.readString(file)).endsWith("line number 999\n");
        try (var files = Files.list(folder)) {
            assertThat(files).hasSize(2);
        }
    }

    @Test
    void dropsWhatComesAfterItsEnd() throws Exception {
        Path file = folder.resolve("worker.log");
        var log = new RotatingLog(file, 1000);
        log.close();

        log.line("too late");
        log.close();

        assertThat(file).isEmptyFile();
    }

    private static void write(Path file, long limit, String line) throws Exception {
        try (var log = new RotatingLog(file, limit)) {
            log.line(line);
        }
    }
}
