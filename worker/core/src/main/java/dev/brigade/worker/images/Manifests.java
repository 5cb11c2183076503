package dev.brigade.worker.images;

import dev.brigade.contract.error.ErrorCode;
import dev.brigade.contract.payload.PayloadException;
import dev.brigade.contract.payload.PayloadLimits;
import dev.brigade.contract.payload.PayloadStore;
import dev.brigade.schema.ImageItem;
import dev.brigade.schema.StoredPayload;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedChannelException;
import java.util.AbstractList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;

/**
 * Manifests that are in use, by their digest: copied from the payload store once, on the disk while
 * they are used, the ones unused for longest given up first.
 */
final class Manifests implements AutoCloseable {

    private static final int MOST_MANIFESTS = 16;
    private static final long MOST_BYTES = 4 * PayloadLimits.MANIFEST_BYTES;
    private static final int TRIES = 3;

    /** A line's text beside its image. */
    private static final long LINE_ROOM = 16 << 10;

    private final PayloadStore payloads;
    private final long longestLine;

    /** Held while a manifest is copied, so that each is copied once. */
    private final Object copying = new Object();

    /** In the order of use. Guarded by itself. */
    private final Map<String, ManifestFile> files = new LinkedHashMap<>(16, 0.75f, true);

    private boolean closed;

    Manifests(PayloadStore payloads, int maxImageBytes) {
        this.payloads = payloads;
        this.longestLine = maxImageBytes * 4L / 3 + LINE_ROOM;
    }

    /** The images of some lines, read as they are asked for. */
    List<ImageItem> items(StoredPayload stored, int from, int count) throws ImageFault {
        int lines = file(stored).lines();
        if (from < 0 || count < 1 || from > lines - count) {
            throw new ImageFault(
                    ErrorCode.INVALID_MANIFEST,
                    "the manifest has %d lines, and %d from %d on are asked for"
                            .formatted(lines, count, from));
        }
        return new Lines(stored, from, count);
    }

    /** The image of a line, from 0. */
    ImageItem item(StoredPayload stored, int line) throws ImageFault {
        for (int i = 0; i < TRIES && !Thread.currentThread().isInterrupted(); i++) {
            ManifestFile file = file(stored);
            try {
                return file.item(line);
            } catch (ClosedChannelException e) {
                forget(stored, file); // given up meanwhile, or its reader was interrupted
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        throw new UncheckedIOException(new IOException("a manifest could not be read"));
    }

    /** The whole manifest, whose digest was right. */
    ManifestFile file(StoredPayload stored) throws ImageFault {
        ManifestFile known = known(stored);
        if (known != null) {
            return known;
        }
        synchronized (copying) {
            known = known(stored);
            return known != null ? known : keep(stored, copy(stored));
        }
    }

    private @Nullable ManifestFile known(StoredPayload stored) {
        synchronized (files) {
            return files.get(stored.getDigest());
        }
    }

    private ManifestFile copy(StoredPayload stored) throws ImageFault {
        if (stored.getBytes() > PayloadLimits.MANIFEST_BYTES) {
            throw new ImageFault(
                    ErrorCode.PAYLOAD_TOO_LARGE,
                    "a manifest may have at most " + PayloadLimits.MANIFEST_BYTES + " bytes");
        }
        try (InputStream in = payloads.open(stored)) {
            return ManifestFile.copy(in, longestLine);
        } catch (IOException e) {
            throw new PayloadException(
                    ErrorCode.PAYLOAD_STORE_DOWN, "the manifest could not be copied", e);
        }
    }

    private ManifestFile keep(StoredPayload stored, ManifestFile file) {
        synchronized (files) {
            files.put(stored.getDigest(), file);
            Iterator<ManifestFile> oldest = files.values().iterator();
            while (files.size() > 1 && (files.size() > MOST_MANIFESTS || bytes() > MOST_BYTES)) {
                close(oldest.next());
                oldest.remove();
            }
            if (closed) {
                close(file);
            }
        }
        return file;
    }

    private long bytes() {
        return files.values().stream().mapToLong(ManifestFile::size).sum();
    }

    private void forget(StoredPayload stored, ManifestFile file) {
        synchronized (files) {
            files.remove(stored.getDigest(), file);
        }
    }

    private static void close(ManifestFile file) {
        try {
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        synchronized (files) {
            closed = true;
            files.values().forEach(Manifests::close);
            files.clear();
        }
    }

    private final class Lines extends AbstractList<ImageItem> implements RandomAccess {

        private final StoredPayload stored;
        private final int from;
        private final int count;

        Lines(StoredPayload stored, int from, int count) {
            this.stored = stored;
            this.from = from;
            this.count = count;
        }

        @Override
        public ImageItem get(int index) {
            try {
                return item(stored, from + Objects.checkIndex(index, count));
            } catch (ImageFault fault) {
                throw new PayloadException(fault.code(), fault.reason());
            }
        }

        @Override
        public int size() {
            return count;
        }
    }
}
