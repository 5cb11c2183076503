package dev.brigade.worker.pool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * What a model's file looks like from outside, to see that it has come or changed.
 *
 * @param exists whether there is a file or folder
 * @param bytes its size; of a folder, 0
 * @param modifiedMs when it last changed, epoch ms
 */
record ModelFile(boolean exists, long bytes, long modifiedMs) {

    static ModelFile look(Path file) {
        try {
            BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
            return new ModelFile(
                    true,
                    found.isRegularFile() ? found.size() : 0,
                    found.lastModifiedTime().toMillis());
        } catch (IOException absent) {
            return new ModelFile(false, 0, 0);
        }
    }

    /** A guess at the memory that the model will take, before it is loaded: a fifth more. */
    long estimatedMb() {
        return (bytes + bytes / 5) >> 20;
    }
}
