package dev.brigade.worker.pool;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a model's file, or folder of files, looks like from outside, to see that it has come or
 * changed.
 *
 * @param exists whether there is one
 * @param bytes its size; of a folder, that of all its files
 * @param modifiedMs when it last changed, epoch ms; of a folder, when it or a file in it did
 * @param files how many; 1 where it is no folder
 */
record ModelFile(boolean exists, long bytes, long modifiedMs, int files) {

    private static final ModelFile ABSENT = new ModelFile(false, 0, 0, 0);

    /** As deep as models have folders: {@code 1_Pooling/config.json}. */
    private static final int DEPTH = 3;

    private static final int MOST_FILES = 1_000;

    static ModelFile look(Path file) {
        try {
            ModelFile top = lookAt(file);
            return Files.isDirectory(file) ? lookInto(file, top) : top;
        } catch (IOException | UncheckedIOException absent) {
            return ABSENT;
        }
    }

    private static ModelFile lookInto(Path folder, ModelFile top) throws IOException {
        try (Stream<Path> inside = Files.walk(folder, DEPTH)) {
            List<Path> files = inside.filter(Files::isRegularFile).limit(MOST_FILES).toList();
            long bytes = 0;
            long modifiedMs = top.modifiedMs;
            for (Path file : files) {
                ModelFile seen = lookAt(file);
                bytes += seen.bytes;
                modifiedMs = Math.max(modifiedMs, seen.modifiedMs);
            }
            return new ModelFile(true, bytes, modifiedMs, files.size());
        }
    }

    private static ModelFile lookAt(Path file) throws IOException {
        BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
        return new ModelFile(
                true,
                found.isRegularFile() ? found.size() : 0,
                found.lastModifiedTime().toMillis(),
                1);
    }

    /** A guess at the memory that the model will take, before it is loaded: a fifth more. */
    long estimatedMb() {
        return (bytes + bytes / 5) >> 20;
    }
}
