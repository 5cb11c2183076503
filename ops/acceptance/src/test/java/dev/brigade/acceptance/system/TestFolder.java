package dev.brigade.acceptance.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * Folders for data and logs below the build's own, which stay after a test so that a failure can be
 * looked into.
 */
public final class TestFolder {

    private TestFolder() {}

    /** The folder of that name, emptied. */
    public static Path empty(String name) {
        Path folder = Path.of("target", "systems", name).toAbsolutePath();
        try {
            if (Files.exists(folder)) {
                try (Stream<Path> files = Files.walk(folder)) {
                    for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                        Files.delete(file);
                    }
                }
            }
            return Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
