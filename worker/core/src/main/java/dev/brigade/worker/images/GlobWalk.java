package dev.brigade.worker.images;

import dev.brigade.contract.error.ErrorCode;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the files below the roots that a pattern matches.
 *
 * <p>A symbolic link is followed only where it leads below a root, and never by {@code **}, which
 * could go in circles. Files and folders whose names begin with a dot are found only by patterns
 * that say the dot. Folders that cannot be read are left out, with a line in the log.
 */
final class GlobWalk {

    private static final Logger log = LoggerFactory.getLogger(GlobWalk.class);

    private static final int MOST_IMAGES = ManifestFile.MOST_LINES;
    private static final int MOST_DEPTH = 64;

    /** All paths together, in characters. */
    private static final long MOST_TEXT = 32 << 20;

    private final ImageRoots roots;
    private final ListingLimit until;
    private final SortedSet<String> found = new TreeSet<>();
    private long text;

    GlobWalk(ImageRoots roots, ListingLimit until) {
        this.roots = roots;
        this.until = until;
    }

    /**
     * Paths of regular files in lexical order: absolute where the pattern is, else below a root.
     */
    SortedSet<String> find(String glob) throws ImageFault {
        boolean absolute = PathText.checked(glob).isAbsolute();
        boolean inside = false;
        for (ImageRoots.Root root : roots.all()) {
            String prefix = absolute ? root.folder() + "/" : "";
            if (glob.startsWith(prefix)) {
                inside = true;
                for (List<GlobName> names : GlobName.parse(glob.substring(prefix.length()))) {
                    walk(root.folder(), prefix, names, 0);
                }
            }
        }
        if (!inside) {
            throw new ImageFault(
                    ErrorCode.PATH_OUTSIDE_ROOTS, "the glob is outside the allowed folders");
        }
        return found;
    }

    private void walk(Path folder, String prefix, List<GlobName> names, int depth)
            throws ImageFault {
        until.check();
        if (names.isEmpty() || depth > MOST_DEPTH) {
            return;
        }
        GlobName name = names.getFirst();
        List<GlobName> rest = names.subList(1, names.size());
        if (name.isAnyFolders()) {
            walk(folder, prefix, rest, depth + 1);
        }
        for (String child : name.literal().map(List::of).orElseGet(() -> children(folder))) {
            if (name.isAnyFolders()) {
                if (!child.startsWith(".")) {
                    descend(folder.resolve(child), prefix + child + "/", names, depth, false);
                }
            } else if (name.matches(child)) {
                Path path = folder.resolve(child);
                if (rest.isEmpty()) {
                    take(path, prefix + child);
                } else {
                    descend(path, prefix + child + "/", rest, depth, true);
                }
            }
        }
    }

    private void descend(
            Path folder, String prefix, List<GlobName> names, int depth, boolean followLink)
            throws ImageFault {
        until.check();
        if (attributes(folder, followLink).map(BasicFileAttributes::isDirectory).orElse(false)) {
            walk(folder, prefix, names, depth + 1);
        }
    }

    private void take(Path file, String path) throws ImageFault {
        until.check();
        boolean regular =
                attributes(file, true).map(BasicFileAttributes::isRegularFile).orElse(false);
        if (regular && found.add(path)) {
            text += path.length();
        }
        if (found.size() > MOST_IMAGES || text > MOST_TEXT) {
            throw new ImageFault(
                    ErrorCode.TOO_MANY_IMAGES,
                    "the glob matches more than %d files".formatted(MOST_IMAGES));
        }
    }

    /**
     * Of a file or folder below a root; of a link, where it may be followed, those of its target.
     */
    private Optional<BasicFileAttributes> attributes(Path path, boolean followLink) {
        try {
            BasicFileAttributes own =
                    Files.readAttributes(
                            path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (!own.isSymbolicLink()) {
                return Optional.of(own);
            }
            return followLink && roots.holds(path)
                    ? Optional.of(Files.readAttributes(path, BasicFileAttributes.class))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static List<String> children(Path folder) {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> children = Files.newDirectoryStream(folder)) {
            children.forEach(child -> names.add(String.valueOf(child.getFileName())));
        } catch (IOException | DirectoryIteratorException e) {
            log.warn("A folder that a glob leads to cannot be read; its images are left out");
        }
        return names;
    }
}
