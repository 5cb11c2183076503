package dev.brigade.bench.programs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * Where a run keeps its files: a folder of its own for records, stores and logs, and one for what
 * later runs use again.
 *
 * @param root the checkout
 * @param run folder of this run
 */
public record BenchFolder(Path root, Path run) {

    /** A new folder below the module's build folder. */
    public static BenchFolder create(Path root) throws IOException {
        Path runs = Files.createDirectories(root.resolve("ops/bench/target/runs"));
        return new BenchFolder(root, Files.createTempDirectory(runs, "run-"));
    }

    /** A folder for what later runs use again. */
    Path cache() throws IOException {
        return Files.createDirectories(root.resolve("ops/bench/target/cache"));
    }

    /** The folder of one of several systems that a run starts. */
    Path system(String name) throws IOException {
        return Files.createDirectories(run.resolve(name));
    }

    /** Copies the shipped configuration, without the module's sources beside it. */
    void copyConfiguration(Path to) throws IOException {
        Path shipped = root.resolve("config");
        try (Stream<Path> files = Files.list(shipped);
                Stream<Path> prompts = Files.walk(shipped.resolve("prompts"))) {
            Stream<Path> yaml = files.filter(file -> file.toString().endsWith(".yaml"));
            for (Path file : Stream.concat(yaml, prompts).filter(Files::isRegularFile).toList()) {
                Path copy = to.resolve(shipped.relativize(file).toString());
                Files.createDirectories(copy.resolveSibling(""));
                Files.copy(file, copy);
            }
        }
    }

    /** Deletes what this run has written. */
    public void delete() throws IOException {
        try (Stream<Path> all = Files.walk(run)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
