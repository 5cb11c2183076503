package dev.brigade.worker.images;

import dev.brigade.contract.error.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The folders below which images may be read by path.
 *
 * <p>A path is refused by its text first ({@link PathText}), so that nothing outside is ever looked
 * at; then it is followed through symbolic links to the file's real place, which has to be below a
 * root; then the file is opened folder by folder without following any link ({@link RootFile}), so
 * that what was checked is what is read, whoever changes the folders meanwhile.
 */
final class ImageRoots {

    private final List<Root> roots;

    /**
     * A root.
     *
     * @param folder as configured
     * @param real without symbolic links
     */
    record Root(Path folder, Path real) {}

    private ImageRoots(List<Root> roots) {
        this.roots = List.copyOf(roots);
    }

    /**
     * Checks that the folders are there.
     *
     * @throws IllegalArgumentException when one is not
     */
    static ImageRoots of(List<Path> folders) {
        List<Root> roots = new ArrayList<>();
        for (Path folder : folders) {
            try {
                Path real = folder.toRealPath();
                if (Files.isDirectory(real)) {
                    roots.add(new Root(folder.normalize(), real));
                    continue;
                }
            } catch (IOException e) {
                // Said below.
            }
            throw new IllegalArgumentException(
                    "brigade.worker.images.roots must be folders that can be read, and "
                            + folder
                            + " is none");
        }
        return new ImageRoots(roots);
    }

    List<Root> all() {
        return roots;
    }

    /** The bytes of a file, at most so many. */
    byte[] read(String path, int maxBytes) throws ImageFault {
        try {
            Path real = find(PathText.checked(path));
            return RootFile.read(rootOf(real), real, maxBytes);
        } catch (IOException e) {
            throw unreadable();
        }
    }

    /** Whether a file or folder really is below a root. */
    boolean holds(Path path) {
        try {
            Path real = path.toRealPath();
            return roots.stream().anyMatch(root -> real.startsWith(root.real));
        } catch (IOException e) {
            return false;
        }
    }

    /** The real place of a path: below each root in turn, or below the root that it names. */
    private Path find(Path path) throws ImageFault, IOException {
        if (roots.isEmpty()) {
            throw new ImageFault(
                    ErrorCode.PATH_OUTSIDE_ROOTS,
                    "this worker reads no images by path; brigade.worker.images.roots is empty");
        }
        for (Root root : roots) {
            if (!path.isAbsolute() || isBelow(path, root)) {
                Path real = real(root.folder.resolve(path));
                if (real != null) {
                    return real;
                }
            }
        }
        if (path.isAbsolute() && roots.stream().noneMatch(root -> isBelow(path, root))) {
            throw new ImageFault(
                    ErrorCode.PATH_OUTSIDE_ROOTS, "the path is outside the allowed folders");
        }
        throw notFound();
    }

    private static boolean isBelow(Path path, Root root) {
        return path.startsWith(root.folder) || path.startsWith(root.real);
    }

    /** Where a file really is; null where there is none. What is there must be below a root. */
    private @Nullable Path real(Path path) throws ImageFault, IOException {
        try {
            Path real = path.toRealPath();
            rootOf(real);
            return real;
        } catch (NoSuchFileException e) {
            checkNearest(path);
            return null;
        }
    }

    /** Whether a file outside exists must not be told, so a link that leads outside is refused. */
    private void checkNearest(Path missing) throws ImageFault, IOException {
        for (Path at = missing.getParent(); at != null; at = at.getParent()) {
            if (Files.exists(at)) {
                rootOf(at.toRealPath());
                return;
            }
        }
    }

    private Root rootOf(Path real) throws ImageFault {
        return roots.stream()
                .filter(root -> real.startsWith(root.real))
                .findFirst()
                .orElseThrow(() ->
                        new ImageFault(
                                ErrorCode.PATH_SYMLINK_ESCAPE,
                                "a symbolic link leads outside the allowed folders"));
    }

    static ImageFault notFound() {
        return new ImageFault(ErrorCode.IMAGE_NOT_FOUND, "there is no such image");
    }

    static ImageFault unreadable() {
        return new ImageFault(ErrorCode.IMAGE_NOT_FOUND, "the image cannot be read");
    }
}
