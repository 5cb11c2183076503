package dev.brigade.worker.images;

import dev.brigade.contract.error.ErrorCode;
import dev.brigade.contract.payload.PayloadException;
import dev.brigade.contract.payload.PayloadStore;
import dev.brigade.schema.ImageItem;
import dev.brigade.schema.ImageListing;
import dev.brigade.schema.ImagePart;
import dev.brigade.schema.ListedItems;
import dev.brigade.schema.Priority;
import dev.brigade.worker.backend.MeterNames;
import dev.brigade.worker.backend.Result;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.awt.image.BufferedImage;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Where models get their pictures. One for the whole worker, shared by all models; safe for use by
 * many threads.
 *
 * <p>Every expected failure is a {@link Result.Failed} with the code of what is wrong with the
 * image; it concerns that image alone. Messages hold neither bytes nor paths.
 *
 * <p>Memory is bounded: encoded images by the number of decoders and places in their queue, decoded
 * ones by {@link DecodeMemory}, manifests by {@link Manifests}.
 */
public final class ImageDesk implements AutoCloseable {

    private final ImageSources sources;
    private final ImageDecoder decoder;
    private final ImageListings listings;
    private final Manifests manifests;
    private final DecoderPool pool;
    private final MeterRegistry meters;
    private final Timer decodeTime;

    /**
     * Starts the decoders.
     *
     * @param payloads where stored images and manifests are; not closed with the desk
     * @throws IllegalArgumentException when a root is not a folder
     */
    public ImageDesk(ImageSettings settings, PayloadStore payloads, MeterRegistry meters) {
        ImageRoots roots = ImageRoots.of(settings.roots());
        this.sources = new ImageSources(roots, payloads, settings.maxBytes());
        this.decoder = new ImageDecoder(settings, DecodeMemory.ofHeap());
        this.manifests = new Manifests(payloads, settings.maxBytes());
        this.listings = new ImageListings(roots, payloads, manifests);
        this.meters = meters;
        this.decodeTime = meters.timer(MeterNames.IMAGE_DECODE);
        this.pool = new DecoderPool(settings.decoders());
    }

    /**
     * Reads, checks and decodes an image and prepares it, all on one thread of the decoders. Waits
     * for room in their queue on the calling thread, which keeps the number of images in memory
     * bounded.
     *
     * @param prepare makes of the picture what the model takes. The picture is upright, opaque and
     *     {@link BufferedImage#TYPE_3BYTE_BGR}; it must not be kept
     * @param priority images of a higher class are decoded first
     * @param limit most time until there is a result, waiting included; past it that is {@code
     *     deadline_exceeded}
     * @return the result. Completed or cancelled by the caller, the image is dropped where its turn
     *     has not come. What depends on it runs on the decoder's thread and may block that, which
     *     is how a slow model holds back its decoders
     */
    public <T> CompletableFuture<Result<T>> decode(
            ImageItem item, Function<BufferedImage, T> prepare, Priority priority, Duration limit) {
        CompletableFuture<Result<T>> result =
                pool.run(priority, () -> prepared(item, prepare), limit);
        var _ = result.whenComplete((value, thrown) -> count(value));
        return result;
    }

    private <T> Result<T> prepared(ImageItem item, Function<BufferedImage, T> prepare)
            throws InterruptedException {
        Timer.Sample sample = Timer.start(meters);
        try {
            return Result.done(decoder.decode(sources.read(item), prepare));
        } catch (ImageFault fault) {
            return Result.failed(fault.code(), fault.reason());
        } finally {
            sample.stop(decodeTime);
        }
    }

    private void count(@Nullable Result<?> result) {
        String name =
                switch (result) {
                    case Result.Done<?> done -> "ok";
                    case Result.Failed<?> failed -> failed.code().wireName();
                    case Result.Cancelled<?> cancelled -> "cancelled";
                    case null -> "cancelled";
                };
        Counter.builder(MeterNames.IMAGES_DECODED).tag("result", name).register(meters).increment();
    }

    /**
     * The images of a part, {@code count} of them. Those of a manifest are read from it one by one
     * as the list is asked for them, so that large ones are not in memory all at once; asking may
     * fail with a {@link PayloadException} or an {@link java.io.UncheckedIOException} where the
     * manifest is gone meanwhile.
     */
    public Result<List<ImageItem>> items(ImagePart part) {
        return expected(() ->
                part.getManifest() == null
                        ? inline(part)
                        : manifests.items(part.getManifest(), part.getFrom(), part.getCount()));
    }

    private static List<ImageItem> inline(ImagePart part) throws ImageFault {
        if (part.getItems().size() != part.getCount()) {
            throw new ImageFault(
                    ErrorCode.INVALID_REQUEST,
                    "the part has %d images and says %d"
                            .formatted(part.getItems().size(), part.getCount()));
        }
        return List.copyOf(part.getItems());
    }

    /**
     * Finds the images of a glob and writes them down as a manifest, or checks and counts the lines
     * of a manifest. Runs on the calling thread.
     *
     * @param limit most time that it may take; past it the result is {@code deadline_exceeded}
     */
    public Result<ListedItems> list(ImageListing listing, Duration limit) {
        return expected(() -> listings.list(listing, limit));
    }

    private interface Work<T> {
        T run() throws ImageFault;
    }

    private static <T> Result<T> expected(Work<T> work) {
        try {
            return Result.done(work.run());
        } catch (ImageFault fault) {
            return Result.failed(fault.code(), fault.reason());
        } catch (PayloadException e) {
            return Result.failed(e.code(), Objects.requireNonNullElse(e.getMessage(), ""));
        }
    }

    /** Ends the decoders within seconds and removes what was kept of manifests. Idempotent. */
    @Override
    public void close() {
        pool.close();
        manifests.close();
    }
}
