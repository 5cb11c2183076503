package dev.brigade.worker.images;

import dev.brigade.worker.images.JpegStill.Colours;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;

/** Turns four printing inks into red, green and blue: as much light as the inks leave. */
final class Inks {

    private Inks() {}

    static BufferedImage rgb(Raster inks, Colours colours) {
        int width = inks.getWidth();
        BufferedImage picture = RgbPicture.blank(width, inks.getHeight());
        byte[] out = ((DataBufferByte) picture.getRaster().getDataBuffer()).getData();
        int[] row = new int[width * 4];
        int at = 0;
        for (int y = 0; y < inks.getHeight(); y++) {
            inks.getPixels(0, y, width, 1, row);
            for (int x = 0; x < row.length; x += 4) {
                light(row, x, colours);
                int black = row[x + 3];
                out[at++] = (byte) product(row[x + 2], black);
                out[at++] = (byte) product(row[x + 1], black);
                out[at++] = (byte) product(row[x], black);
            }
        }
        return picture;
    }

    /** Makes each value the light that its ink leaves, 255 is all. */
    private static void light(int[] row, int x, Colours colours) {
        if (colours == Colours.YCCK_INVERTED) {
            double luminance = row[x];
            double blue = row[x + 1] - 128;
            double red = row[x + 2] - 128;
            row[x] = 255 - clip(luminance + 1.402 * red);
            row[x + 1] = 255 - clip(luminance - 0.344136 * blue - 0.714136 * red);
            row[x + 2] = 255 - clip(luminance + 1.772 * blue);
        } else if (colours == Colours.CMYK) {
            for (int i = x; i < x + 4; i++) {
                row[i] = 255 - row[i];
            }
        }
    }

    private static int clip(double value) {
        return Math.clamp(Math.round(value), 0, 255);
    }

    private static int product(int one, int other) {
        return (one * other + 127) / 255;
    }
}
