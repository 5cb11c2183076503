package dev.brigade.rest.vision;

import dev.brigade.contract.error.ErrorCode;
import dev.brigade.contract.payload.PayloadException;
import dev.brigade.contract.payload.PayloadLimits;
import dev.brigade.contract.payload.PayloadStore;
import dev.brigade.contract.payload.PayloadStores;
import dev.brigade.rest.error.ApiError;
import dev.brigade.rest.error.ApiException;
import dev.brigade.rest.http.BodyMemory;
import dev.brigade.rest.http.UploadForms.UploadedFile;
import dev.brigade.rest.json.JsonFields;
import dev.brigade.rest.json.JsonValue;
import dev.brigade.schema.ImageItem;
import dev.brigade.schema.StoredPayload;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/**
 * Takes images from bodies and forms. Small ones stay in the record; larger ones go to the payload
 * store while they are received, so that an upload holds no more memory than a small one.
 */
@Component
public final class ImageIntake {

    private static final Pattern MEDIA_TYPE =
            Pattern.compile("[a-zA-Z0-9.+-]{1,60}/[a-zA-Z0-9.+-]{1,60}");
    private static final String UNKNOWN_TYPE = "application/octet-stream";

    private final PayloadStore payloads;
    private final int inlineBytes;

    ImageIntake(PayloadStore payloads) {
        this.payloads = payloads;
        this.inlineBytes =
                payloads.equals(PayloadStores.none())
                        ? PayloadLimits.LARGEST_INLINE_IMAGE_BYTES
                        : PayloadLimits.INLINE_IMAGE_BYTES;
    }

    /**
     * The image that {@code image_path} or {@code image_base64} gives; empty when neither does.
     *
     * @throws ApiException {@code image_source_invalid} when both do, {@code invalid_base64}
     */
    public Optional<ImageItem> read(JsonFields fields) {
        Optional<String> path = fields.string("image_path");
        Optional<JsonValue> base64 = fields.value("image_base64");
        if (path.isPresent() && base64.isPresent()) {
            throw oneSource(fields);
        }
        return base64.isPresent()
                ? base64.map(Base64Image::decode).map(this::take)
                : path.map(given -> ImageItem.newBuilder().setPath(given).build());
    }

    /** The error for an image that is given by no source, or by several. */
    public static ApiException oneSource(JsonFields fields) {
        return new ApiException(
                ApiError.of(
                        ErrorCode.IMAGE_SOURCE_INVALID,
                        fields.pathOf("image_path"),
                        "An image needs exactly one of image_path, image_base64 and an uploaded"
                                + " file"));
    }

    /** Most bytes of images that stay in one record. */
    public int roomInRecord() {
        return inlineBytes;
    }

    /**
     * An uploaded image.
     *
     * @param memory holds what stays in the record
     * @param room most bytes that may stay there
     */
    public ImageItem take(UploadedFile file, BodyMemory.Share memory, int room) throws IOException {
        byte[] begin = memory.read(file.content(), room + 1L);
        if (begin.length <= room) {
            return inline(begin);
        }
        String type =
                file.mediaType()
                        .filter(given -> MEDIA_TYPE.matcher(given).matches())
                        .orElse(UNKNOWN_TYPE);
        InputStream whole =
                new SequenceInputStream(new ByteArrayInputStream(begin), file.content());
        return stored(whole, type);
    }

    private ImageItem take(byte[] image) {
        return image.length <= inlineBytes
                ? inline(image)
                : stored(new ByteArrayInputStream(image), UNKNOWN_TYPE);
    }

    private static ImageItem inline(byte[] image) {
        return ImageItem.newBuilder().setImage(ByteBuffer.wrap(image)).build();
    }

    private ImageItem stored(InputStream image, String mediaType) {
        try {
            StoredPayload stored = payloads.put(image, mediaType, PayloadLimits.IMAGE_BYTES);
            return ImageItem.newBuilder().setStored(stored).build();
        } catch (PayloadException e) {
            if (e.code() == ErrorCode.PAYLOAD_TOO_LARGE) {
                throw new ApiException(
                        ApiError.of(
                                ErrorCode.IMAGE_TOO_LARGE,
                                "image",
                                "image must have at most %d bytes"
                                        .formatted(PayloadLimits.IMAGE_BYTES)));
            }
            throw e;
        }
    }
}
