package dev.brigade.worker.images;

import java.awt.image.BufferedImage;

/**
 * The first page of a TIFF. The decoder is given a directory that holds only what the picture
 * needs, so that it neither follows other directories nor reads profiles.
 *
 * @param bits of a pixel, all channels together
 * @param blockPixels pixels of the largest strip or tile
 */
record TiffStill(
        int width, int height, int bits, long blockPixels, int orientation, ByteView picture)
        implements Still {

    static TiffStill of(ByteView bytes, ImageSettings limits) throws ImageFault {
        return new TiffDirectory(bytes, limits).still();
    }

    @Override
    public long workingBytes() {
        return ((long) width * height + blockPixels) * Math.max(8, bits) / 8;
    }

    @Override
    public BufferedImage decode() throws ImageFault, InterruptedException {
        return Readers.read(ImageFormat.TIFF, picture);
    }
}
