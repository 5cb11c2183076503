package dev.brigade.worker.images;

import java.awt.image.BufferedImage;

/** Turns and mirrors pictures as Exif's orientation says. */
final class Upright {

    private Upright() {}

    /**
     * The picture as it is meant to be seen.
     *
     * @param orientation 1 to 8: where the picture's first row and column belong
     */
    static BufferedImage of(BufferedImage picture, int orientation) {
        if (orientation == ExifOrientation.UPRIGHT) {
            return picture;
        }
        int width = picture.getWidth();
        int height = picture.getHeight();
        boolean swapped = orientation >= 5;
        BufferedImage upright =
                RgbPicture.blank(swapped ? height : width, swapped ? width : height);
        byte[] in = RgbPicture.bytes(picture);
        byte[] out = RgbPicture.bytes(upright);
        int at = 0;
        for (int y = 0; y < upright.getHeight(); y++) {
            for (int x = 0; x < upright.getWidth(); x++) {
                int from = source(x, y, width, height, orientation) * RgbPicture.CHANNELS;
                out[at++] = in[from];
                out[at++] = in[from + 1];
                out[at++] = in[from + 2];
            }
        }
        return upright;
    }

    /** Number of the pixel, row by row, that belongs to a place of the upright picture. */
    private static int source(int x, int y, int width, int height, int orientation) {
        int right = width - 1;
        int bottom = height - 1;
        return switch (orientation) {
            case 2 -> y * width + right - x;
            case 3 -> (bottom - y) * width + right - x;
            case 4 -> (bottom - y) * width + x;
            case 5 -> x * width + y;
            case 6 -> (bottom - x) * width + y;
            case 7 -> (bottom - x) * width + right - y;
            case 8 -> x * width + right - y;
            default -> y * width + x;
        };
    }
}
