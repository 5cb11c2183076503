package dev.brigade.worker.images;

import dev.brigade.contract.error.ErrorCode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.Set;

/**
 * Reads a file below a root, of which is known that no part of its path was a symbolic link. Each
 * folder is opened relative to the one above it and without following links, where the system can
 * do that, so a folder that is replaced by a link meanwhile leads nowhere.
 */
final class RootFile {

    private static final Set<OpenOption> READ =
            Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);

    private RootFile() {}

    static byte[] read(ImageRoots.Root root, Path real, int maxBytes)
            throws ImageFault, IOException {
        Path below = root.real().relativize(real);
        if (below.toString().isEmpty()) {
            throw notRegular();
        }
        try (DirectoryStream<Path> folder = Files.newDirectoryStream(root.real())) {
            if (folder instanceof SecureDirectoryStream<Path> secure) {
                return descend(secure, below, maxBytes);
            }
        }
        return plain(real, maxBytes);
    }

    private static byte[] descend(SecureDirectoryStream<Path> folder, Path below, int maxBytes)
            throws ImageFault, IOException {
        Path name = below.getName(0);
        if (below.getNameCount() > 1) {
            Path rest = below.subpath(1, below.getNameCount());
            try (SecureDirectoryStream<Path> next =
                    folder.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS)) {
                return descend(next, rest, maxBytes);
            }
        }
        BasicFileAttributeView view =
                folder.getFileAttributeView(
                        name, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        checkRegular(view.readAttributes(), maxBytes);
        try (SeekableByteChannel file = folder.newByteChannel(name, READ)) {
            return content(file, maxBytes);
        }
    }

    /** For systems without such folders. */
    private static byte[] plain(Path real, int maxBytes) throws ImageFault, IOException {
        checkRegular(
                Files.readAttributes(real, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS),
                maxBytes);
        try (SeekableByteChannel file = Files.newByteChannel(real, READ)) {
            return content(file, maxBytes);
        }
    }

    /** Before opening: opening a pipe would wait for a writer. */
    private static void checkRegular(BasicFileAttributes attributes, int maxBytes)
            throws ImageFault {
        if (!attributes.isRegularFile()) {
            throw notRegular();
        }
        if (attributes.size() > maxBytes) {
            throw ImageSources.tooManyBytes(maxBytes);
        }
    }

    /** All bytes, also where the file grows or shrinks meanwhile. */
    private static byte[] content(SeekableByteChannel file, int maxBytes)
            throws ImageFault, IOException {
        long size = file.size();
        if (size > maxBytes) {
            throw ImageSources.tooManyBytes(maxBytes);
        }
        ByteBuffer buffer = ByteBuffer.allocate((int) size);
        int read = 0;
        while (buffer.hasRemaining() && read >= 0) {
            read = file.read(buffer);
        }
        return buffer.hasRemaining()
                ? Arrays.copyOf(buffer.array(), buffer.position())
                : buffer.array();
    }

    private static ImageFault notRegular() {
        return new ImageFault(
                ErrorCode.NOT_A_REGULAR_FILE, "the path is not that of a regular file");
    }
}
