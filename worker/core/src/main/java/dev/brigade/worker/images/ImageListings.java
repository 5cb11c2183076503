package dev.brigade.worker.images;

import dev.brigade.contract.error.ErrorCode;
import dev.brigade.contract.payload.PayloadLimits;
import dev.brigade.contract.payload.PayloadStore;
import dev.brigade.schema.ImageListing;
import dev.brigade.schema.ListedItems;
import dev.brigade.schema.StoredPayload;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.time.Duration;
import java.util.AbstractCollection;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;

/** Finds out what a batch consists of. */
final class ImageListings {

    private static final String MEDIA_TYPE = "application/jsonl";

    private final ImageRoots roots;
    private final PayloadStore payloads;
    private final Manifests manifests;

    ImageListings(ImageRoots roots, PayloadStore payloads, Manifests manifests) {
        this.roots = roots;
        this.payloads = payloads;
        this.manifests = manifests;
    }

    ListedItems list(ImageListing listing, Duration limit) throws ImageFault {
        ListingLimit until = new ListingLimit(limit);
        String glob = listing.getGlob();
        StoredPayload manifest = listing.getManifest();
        if (glob != null && manifest == null) {
            return found(glob, until);
        }
        if (manifest != null && glob == null) {
            return checked(manifest, until);
        }
        throw new ImageFault(
                ErrorCode.IMAGE_SOURCE_INVALID, "a listing needs exactly one of glob and manifest");
    }

    private ListedItems found(String glob, ListingLimit until) throws ImageFault {
        Collection<String> paths = new GlobWalk(roots, until).find(glob);
        if (paths.isEmpty()) {
            throw new ImageFault(ErrorCode.NO_IMAGES, "the glob matches no file");
        }
        try (InputStream lines = new SequenceInputStream(Collections.enumeration(lines(paths)))) {
            return listed(
                    payloads.put(lines, MEDIA_TYPE, PayloadLimits.MANIFEST_BYTES), paths.size());
        } catch (IOException e) {
            throw new IllegalStateException("closing bytes in memory cannot fail", e);
        }
    }

    /** One stream for each line, made when its turn comes. */
    private static Collection<InputStream> lines(Collection<String> paths) {
        return new AbstractCollection<>() {
            @Override
            public Iterator<InputStream> iterator() {
                return paths.stream().<InputStream>map(ImageListings::line).iterator();
            }

            @Override
            public int size() {
                return paths.size();
            }
        };
    }

    private static InputStream line(String path) {
        return new ByteArrayInputStream(ManifestLine.ofPath(path));
    }

    private ListedItems checked(StoredPayload manifest, ListingLimit until) throws ImageFault {
        int lines = manifests.file(manifest).lines();
        for (int i = 0; i < lines; i++) {
            until.check();
            manifests.item(manifest, i);
        }
        return listed(manifest, lines);
    }

    private static ListedItems listed(StoredPayload manifest, int count) {
        return ListedItems.newBuilder().setManifest(manifest).setCount(count).build();
    }
}
