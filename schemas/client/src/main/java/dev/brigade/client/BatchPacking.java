package dev.brigade.client;

import dev.brigade.contract.error.ErrorCode;
import dev.brigade.contract.payload.PayloadException;
import dev.brigade.contract.payload.PayloadLimits;
import dev.brigade.contract.payload.PayloadStore;
import dev.brigade.schema.ImageBatchInput;
import dev.brigade.schema.ImageItem;
import dev.brigade.schema.StoredPayload;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/**
 * Puts the images of a batch into its record as long as they fit; beyond that, all of them into a
 * manifest in the payload store. Images are taken one by one, so that memory holds one of them and
 * what fits a record, however many there are.
 */
final class BatchPacking {

    private static final int MAX_IMAGES = 100_000;
    private static final long FIELD_BYTES = 4;
    private static final long STORED_BYTES = 128;

    private final PayloadStore payloads;
    private final ImagePacking packing;
    private int taken;

    BatchPacking(PayloadStore payloads) {
        this.payloads = payloads;
        this.packing = new ImagePacking(payloads);
    }

    /**
     * The images as a batch.
     *
     * @throws BrigadeException when one cannot be read or is too large, when there are too many, or
     *     with the store's code
     */
    ImageBatchInput.Builder pack(Iterator<BatchImage> images) {
        List<ImageItem> kept = new ArrayList<>();
        long bytes = 0;
        while (images.hasNext() && packing.fits(bytes)) {
            ImageItem item = next(images);
            kept.add(item);
            bytes += size(item);
        }
        if (!packing.fits(bytes)) {
            return ImageBatchInput.newBuilder().setManifest(manifest(kept, images));
        }
        return kept.stream().allMatch(BatchPacking::isPlainPath)
                ? ImageBatchInput.newBuilder()
                        .setPaths(kept.stream().map(ImageItem::getPath).toList())
                : ImageBatchInput.newBuilder().setItems(kept);
    }

    /** The same batch as it fits a record; empty where it does already. */
    Optional<ImageBatchInput> pack(ImageBatchInput whole) {
        long bytes =
                whole.getPaths().stream().mapToLong(BatchPacking::size).sum()
                        + whole.getItems().stream().mapToLong(BatchPacking::size).sum();
        if (packing.fits(bytes)) {
            return Optional.empty();
        }
        ImageBatchInput.Builder packed = pack(images(whole));
        return Optional.of(
                ImageBatchInput.newBuilder(whole)
                        .setPaths(packed.hasPaths() ? packed.getPaths() : List.of())
                        .setItems(packed.hasItems() ? packed.getItems() : List.of())
                        .setManifest(packed.getManifest())
                        .build());
    }

    private static Iterator<BatchImage> images(ImageBatchInput whole) {
        return whole.getPaths().isEmpty()
                ? whole.getItems().stream().map(BatchImage::of).iterator()
                : whole.getPaths().stream().map(BatchImage::path).iterator();
    }

    private ImageItem next(Iterator<BatchImage> images) {
        String param = "images[" + taken + "]";
        taken++;
        if (taken > MAX_IMAGES) {
            throw Refusal.of(
                    ErrorCode.TOO_MANY_IMAGES,
                    "images",
                    "must hold 1 to " + MAX_IMAGES + " entries");
        }
        BatchImage image = images.next();
        ImageItem.Builder item = ImageItem.newBuilder().setName(image.name().orElse(null));
        return switch (image) {
            case BatchImage.OfPath path -> item.setPath(path.path()).build();
            case BatchImage.OfStored stored -> item.setStored(stored.payload()).build();
            case BatchImage.OfBytes bytes -> packed(param, item, bytes.encoded());
            case BatchImage.OfFile file -> {
                ByteBuffer inline = packing.inline(param, file.file());
                yield inline != null
                        ? item.setImage(inline).build()
                        : item.setStored(packing.store(param, file.file())).build();
            }
        };
    }

    private ImageItem packed(String param, ImageItem.Builder item, ByteBuffer encoded) {
        return packing.fits(encoded.remaining())
                ? item.setImage(encoded).build()
                : item.setStored(packing.store(param, encoded)).build();
    }

    private StoredPayload manifest(List<ImageItem> kept, Iterator<BatchImage> more) {
        try {
            return payloads.put(
                    new ManifestStream(lines(kept, more)),
                    "application/jsonl",
                    PayloadLimits.MANIFEST_BYTES);
        } catch (PayloadException e) {
            throw ImagePacking.failed("images", e);
        }
    }

    /** A manifest holds no bytes: each worker reads it again and again, for its own lines. */
    private Iterator<ImageItem> lines(List<ImageItem> kept, Iterator<BatchImage> more) {
        Iterator<ImageItem> first = kept.iterator();
        return new Iterator<>() {
            private int line;

            @Override
            public boolean hasNext() {
                return first.hasNext() || more.hasNext();
            }

            @Override
            public ImageItem next() {
                String param = "images[" + line + "]";
                line++;
                ImageItem item = first.hasNext() ? first.next() : BatchPacking.this.next(more);
                return item.getImage() == null ? item : stored(param, item);
            }
        };
    }

    private ImageItem stored(String param, ImageItem item) {
        return ImageItem.newBuilder(item)
                .setImage(null)
                .setStored(packing.store(param, item.getImage()))
                .build();
    }

    private static boolean isPlainPath(ImageItem item) {
        return item.getPath() != null && item.getName() == null;
    }

    private static long size(ImageItem item) {
        return size(item.getPath())
                + size(item.getName())
                + (item.getImage() == null ? 0 : item.getImage().remaining())
                + (item.getStored() == null ? 0 : STORED_BYTES);
    }

    private static long size(@Nullable String text) {
        return FIELD_BYTES + (text == null ? 0 : Utils.utf8Length(text));
    }
}
