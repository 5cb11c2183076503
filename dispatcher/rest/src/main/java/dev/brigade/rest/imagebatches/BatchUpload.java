package dev.brigade.rest.imagebatches;

import dev.brigade.contract.payload.PayloadStore;
import dev.brigade.rest.error.ApiError;
import dev.brigade.rest.error.ApiException;
import dev.brigade.rest.http.BodyMemory;
import dev.brigade.rest.http.UploadForms.UploadedFile;
import dev.brigade.rest.imagebatches.BatchImages.StoredManifest;
import dev.brigade.rest.vision.ImageIntake;
import dev.brigade.schema.ImageItem;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Takes the files of a batch's form: one manifest, or images. The manifest, and images once they
 * would not fit a record together, go to the payload store while they are received.
 */
final class BatchUpload {

    private static final int MAX_NAME = 1000;

    private final PayloadStore payloads;
    private final ImageIntake intake;
    private final BodyMemory.Share memory;
    private final long maxBytes;
    private final List<ImageItem> images = new ArrayList<>();
    private int room;
    private @Nullable StoredManifest manifest;

    BatchUpload(PayloadStore payloads, ImageIntake intake, BodyMemory.Share memory, long maxBytes) {
        this.payloads = payloads;
        this.intake = intake;
        this.memory = memory;
        this.maxBytes = maxBytes;
        this.room = intake.roomInRecord();
    }

    /** The manifest, where one was uploaded. */
    Optional<StoredManifest> manifest() {
        return Optional.ofNullable(manifest);
    }

    /** The images, where any were uploaded. */
    Optional<List<ImageItem>> images() {
        return images.isEmpty() ? Optional.empty() : Optional.of(images);
    }

    void take(UploadedFile file) throws IOException {
        switch (file.field()) {
            case "manifest" -> manifest(file);
            case "images" -> image(file);
            default ->
                    throw new ApiException(
                            ApiError.unsupported(file.field(), "is no file that this call takes"));
        }
    }

    private void manifest(UploadedFile file) {
        if (manifest != null) {
            throw new ApiException(ApiError.invalid("manifest", "manifest must be one file"));
        }
        LineCount lines = new LineCount(file.content());
        manifest =
                new StoredManifest(
                        payloads.put(lines, "application/jsonl", maxBytes), lines.count());
    }

    private void image(UploadedFile file) throws IOException {
        ImageItem item = intake.take(file, memory, room);
        if (item.getImage() != null) {
            room -= item.getImage().remaining();
        }
        images.add(
                ImageItem.newBuilder(item)
                        .setName(file.name().map(BatchUpload::cut).orElse(null))
                        .build());
    }

    private static String cut(String name) {
        return name.length() <= MAX_NAME ? name : name.substring(0, MAX_NAME);
    }
}
