package dev.brigade.worker.images;

import dev.brigade.contract.error.ErrorCode;
import java.awt.image.BufferedImage;
import java.util.function.Function;

/** From encoded bytes to an upright, opaque picture in sRGB, within limits of size and memory. */
final class ImageDecoder {

    /** Bytes of a pixel as a picture, and again while it is turned. */
    private static final int PICTURE_BYTES = RgbPicture.CHANNELS;

    private final ImageSettings settings;
    private final DecodeMemory memory;

    ImageDecoder(ImageSettings settings, DecodeMemory memory) {
        this.settings = settings;
        this.memory = memory;
    }

    /** What {@code prepare} makes of the picture, which is not kept longer. */
    <T> T decode(EncodedImage image, Function<? super BufferedImage, ? extends T> prepare)
            throws ImageFault, InterruptedException {
        ByteView bytes = ByteView.of(image.bytes());
        ImageFormat format = ImageFormat.of(bytes);
        checkName(image, format);
        Still still = Still.of(format, bytes, settings);
        try (DecodeMemory.Share _ = memory.take(memoryOf(still))) {
            return prepare.apply(picture(still));
        }
    }

    private static BufferedImage picture(Still still) throws ImageFault, InterruptedException {
        BufferedImage decoded = still.decode();
        if (decoded.getWidth() != still.width() || decoded.getHeight() != still.height()) {
            throw ImageFault.truncated();
        }
        return Upright.of(RgbPicture.of(decoded), still.orientation());
    }

    private static long memoryOf(Still still) {
        int pictures = still.orientation() == ExifOrientation.UPRIGHT ? 1 : 2;
        return still.workingBytes()
                + (long) still.width() * still.height() * PICTURE_BYTES * pictures;
    }

    private void checkName(EncodedImage image, ImageFormat format) throws ImageFault {
        if (!settings.checkExtension()) {
            return;
        }
        ImageFormat named = ImageFormat.ofName(image.fileName()).orElse(format);
        if (named != format) {
            throw new ImageFault(
                    ErrorCode.IMAGE_TYPE_MISMATCH,
                    "the file's name says %s and its content is %s".formatted(named, format));
        }
    }
}
