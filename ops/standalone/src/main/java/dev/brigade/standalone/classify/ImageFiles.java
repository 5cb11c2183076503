package dev.brigade.standalone.classify;

import dev.brigade.client.BatchImage;
import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** The images of folders, and how each is given to workers. */
final class ImageFiles {

    static final int MOST = 100_000;

    private static final Set<String> EXTENSIONS =
            Set.of("png", "jpg", "jpeg", "gif", "bmp", "webp", "tif", "tiff");
    private static final int DEPTH = 64;

    private final List<Path> roots;

    /**
     * @param roots folders below which workers read files by themselves
     */
    ImageFiles(List<Path> roots) {
        this.roots = roots.stream().filter(Files::isDirectory).map(ImageFiles::real).toList();
    }

    /**
     * Image files in lexical order: every named file, and those of named folders whose names end
     * like an image's.
     *
     * @throws IllegalArgumentException when a source is missing, or there are none or too many
     */
    static List<Path> find(List<Path> sources, boolean recursive) {
        List<Path> found = new ArrayList<>();
        for (Path source : sources) {
            if (Files.isDirectory(source)) {
                found.addAll(inFolder(source, recursive));
            } else if (Files.isRegularFile(source)) {
                found.add(source);
            } else {
                throw new IllegalArgumentException("there is no file or folder " + source);
            }
        }
        if (found.isEmpty()) {
            throw new IllegalArgumentException(
                    "there is no image in "
                            + sources.getFirst()
                            + (recursive ? "" : "; --recursive looks into its folders too"));
        }
        if (found.size() > MOST) {
            throw new IllegalArgumentException(
                    "%d images are too many for one batch; at most %d"
                            .formatted(found.size(), MOST));
        }
        return found;
    }

    /** By path where workers can read it, else with its bytes. */
    BatchImage image(Path file) {
        Path real = real(file);
        return roots.stream().anyMatch(real::startsWith)
                ? BatchImage.path(real.toString())
                : BatchImage.file(file);
    }

    private static List<Path> inFolder(Path folder, boolean recursive) {
        try (Stream<Path> files =
                Files.walk(folder, recursive ? DEPTH : 1, FileVisitOption.FOLLOW_LINKS)) {
            return files.filter(ImageFiles::looksLikeImage)
                    .filter(Files::isRegularFile)
                    .limit(MOST + 1L)
                    .sorted()
                    .toList();
        } catch (IOException | java.io.UncheckedIOException e) {
            throw new IllegalArgumentException("the folder " + folder + " cannot be read", e);
        }
    }

    private static boolean looksLikeImage(Path file) {
        String name = file.toString();
        int dot = name.lastIndexOf('.');
        return EXTENSIONS.contains(name.substring(dot + 1).toLowerCase(Locale.ROOT));
    }

    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException e) {
            return path.toAbsolutePath().normalize();
        }
    }
}
