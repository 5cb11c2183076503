package dev.brigade.worker.images;

import java.awt.image.BufferedImage;

/**
 * The one picture of an image that is looked at, found whole and within limits by its structure,
 * and not decoded yet.
 */
interface Still {

    int width();

    int height();

    /** How the picture has to be turned, as Exif numbers it: 1 to 8, 1 is upright. */
    default int orientation() {
        return 1;
    }

    /** Most memory that decoding takes, beside the encoded bytes. */
    long workingBytes();

    /**
     * Decodes it; not upright yet, in any colours.
     *
     * @throws ImageFault when what the structure promises is not there
     * @throws InterruptedException when the thread was interrupted
     */
    BufferedImage decode() throws ImageFault, InterruptedException;

    /** The structure of an image. */
    static Still of(ImageFormat format, ByteView bytes, ImageSettings limits) throws ImageFault {
        return switch (format) {
            case PNG -> PngStill.of(bytes, limits);
            case JPEG -> JpegStill.of(bytes, limits);
            case GIF -> GifStill.of(bytes, limits);
            case BMP -> BmpStill.of(bytes, limits);
            case WEBP -> WebpStill.of(bytes, limits);
            case TIFF -> TiffStill.of(bytes, limits);
        };
    }
}
