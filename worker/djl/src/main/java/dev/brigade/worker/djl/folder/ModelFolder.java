package dev.brigade.worker.djl.folder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The folder of a model. */
public record ModelFolder(Path root) {

    private static final long MOST_TEXT_BYTES = 16L << 20;

    /** Sees to it that there is one. */
    public void mustExist() {
        if (!Files.isDirectory(root)) {
            throw new FolderFault("there is no such folder");
        }
    }

    /** The file of this name, where there is one. */
    public Optional<Path> file(String name) {
        return Optional.of(root.resolve(name)).filter(Files::isRegularFile);
    }

    /** The file of this name, without which the model cannot be loaded. */
    public Path needed(String name, String what) {
        return file(name)
                .orElseThrow(() -> new FolderFault("it lacks %s, %s".formatted(name, what)));
    }

    /** The files whose names end so, in the order of their names. */
    public List<Path> filesEnding(String ending) {
        try (Stream<Path> files = Files.list(root)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> file.getFileName().toString().endsWith(ending))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new FolderFault("it cannot be read: " + e.getClass().getSimpleName());
        }
    }

    /** What a JSON file says; as if it said nothing where it is not there. */
    public JsonFile json(String name) {
        return file(name)
                .map(file -> JsonFile.read(name, text(file)))
                .orElseGet(() -> JsonFile.absent(name));
    }

    /** The text of a file of reasonable size. */
    static String text(Path file) {
        try {
            if (Files.size(file) > MOST_TEXT_BYTES) {
                throw new FolderFault(file.getFileName() + " is larger than 16 MiB");
            }
            return Files.readString(file);
        } catch (IOException e) {
            throw new FolderFault(
                    file.getFileName()
                            + " cannot be read as text: "
                            + e.getClass().getSimpleName());
        }
    }
}
