package dev.brigade.rest.imagebatches;

import dev.brigade.contract.error.ErrorCode;
import dev.brigade.rest.calls.FieldNames;
import dev.brigade.rest.error.ApiError;
import dev.brigade.rest.error.ApiException;
import dev.brigade.rest.json.JsonFields;
import dev.brigade.rest.json.JsonValue;
import dev.brigade.rest.vision.ImageIntake;
import dev.brigade.schema.ImageBatchInput;
import dev.brigade.schema.ImageItem;
import dev.brigade.schema.StoredPayload;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * The images of a batch.
 *
 * @param input the contract's input that names them, by exactly one of the ways
 * @param count how many they are, where that is known
 * @param names how the client calls them
 */
record BatchImages(ImageBatchInput.Builder input, OptionalInt count, FieldNames names) {

    private static final FieldNames PATHS =
            param -> param.startsWith("images") ? "image_paths" + param.substring(6) : param;

    /**
     * Reads them from the fields of a call and the files of its form.
     *
     * @throws ApiException {@code no_images} when they are named in no way, {@code
     *     image_source_invalid} when in several
     */
    static BatchImages read(JsonFields fields, BatchUpload upload, ImageIntake intake) {
        List<BatchImages> ways =
                Stream.of(
                                fields.array("images").map(given -> listed(given, intake)),
                                fields.array("image_paths").map(BatchImages::ofPaths),
                                fields.string("glob").map(BatchImages::ofGlob),
                                upload.manifest().map(BatchImages::ofManifest),
                                upload.images().map(BatchImages::ofItems))
                        .flatMap(Optional::stream)
                        .toList();
        if (ways.size() != 1 || ways.getFirst().count().orElse(1) == 0) {
            throw oneWay(ways.size() > 1 ? ErrorCode.IMAGE_SOURCE_INVALID : ErrorCode.NO_IMAGES);
        }
        return ways.getFirst();
    }

    private static BatchImages listed(List<JsonValue> images, ImageIntake intake) {
        return ofItems(images.stream().map(image -> item(image, intake)).toList());
    }

    private static ImageItem item(JsonValue image, ImageIntake intake) {
        JsonFields fields = image.object();
        ImageItem item = intake.read(fields).orElseThrow(() -> ImageIntake.oneSource(fields));
        Optional<String> name = fields.string("name");
        fields.refuseOthers();
        return ImageItem.newBuilder(item).setName(name.orElse(null)).build();
    }

    private static BatchImages ofItems(List<ImageItem> items) {
        return new BatchImages(
                ImageBatchInput.newBuilder().setItems(items),
                OptionalInt.of(items.size()),
                FieldNames.SAME);
    }

    private static BatchImages ofPaths(List<JsonValue> paths) {
        return new BatchImages(
                ImageBatchInput.newBuilder()
                        .setPaths(paths.stream().map(JsonValue::string).toList()),
                OptionalInt.of(paths.size()),
                PATHS);
    }

    private static BatchImages ofGlob(String pattern) {
        return new BatchImages(
                ImageBatchInput.newBuilder().setGlob(pattern),
                OptionalInt.empty(),
                FieldNames.SAME);
    }

    private static BatchImages ofManifest(StoredManifest manifest) {
        return new BatchImages(
                ImageBatchInput.newBuilder().setManifest(manifest.payload()),
                OptionalInt.of(manifest.lines()),
                FieldNames.SAME);
    }

    private static ApiException oneWay(ErrorCode code) {
        return new ApiException(
                ApiError.of(
                        code,
                        "images",
                        "A batch needs exactly one of images, image_paths, glob, and uploaded files"
                                + " manifest or images, with at least one image"));
    }

    /**
     * A manifest that was uploaded.
     *
     * @param lines how many of its lines are not blank
     */
    record StoredManifest(StoredPayload payload, int lines) {}
}
