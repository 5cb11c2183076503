package dev.brigade.worker.images;

import java.awt.Transparency;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.DirectColorModel;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.awt.image.SampleModel;
import java.awt.image.WritableRaster;
import java.util.Arrays;

/**
 * The one form that pictures have behind this package: {@link BufferedImage#TYPE_3BYTE_BGR},
 * opaque, sRGB.
 *
 * <p>Samples are taken from the raster as they are. {@link BufferedImage#getRGB} would brighten
 * grey ones, which Java holds for linear and all files mean as sRGB, and is ten times slower.
 */
final class RgbPicture {

    /** Bytes of a pixel: blue, green, red. */
    static final int CHANNELS = 3;

    private static final int OPAQUE = 255;

    private RgbPicture() {}

    static BufferedImage blank(int width, int height) {
        return new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
    }

    static BufferedImage white(int width, int height) {
        BufferedImage picture = blank(width, height);
        Arrays.fill(bytes(picture), (byte) OPAQUE);
        return picture;
    }

    /** A picture of this form with these bytes, which are not copied. */
    static BufferedImage of(int width, int height, byte[] bgr) {
        BufferedImage form = blank(1, 1);
        SampleModel rows = form.getSampleModel().createCompatibleSampleModel(width, height);
        WritableRaster raster =
                Raster.createWritableRaster(rows, new DataBufferByte(bgr, bgr.length), null);
        return new BufferedImage(form.getColorModel(), raster, false, null);
    }

    /** The bytes of a picture of this form, row by row without gaps; changing them changes it. */
    static byte[] bytes(BufferedImage picture) {
        return ((DataBufferByte) picture.getRaster().getDataBuffer()).getData();
    }

    /** Whether a picture has this form already, in bytes without gaps. */
    static boolean isRgb(BufferedImage picture) {
        return picture.getType() == BufferedImage.TYPE_3BYTE_BGR
                && picture.getRaster().getParent() == null
                && bytes(picture).length == picture.getWidth() * picture.getHeight() * CHANNELS;
    }

    /** The picture in this form, on white where it is transparent; itself where it has the form. */
    static BufferedImage of(BufferedImage picture) {
        if (isRgb(picture)) {
            return picture;
        }
        BufferedImage rgb = blank(picture.getWidth(), picture.getHeight());
        byte[] out = bytes(rgb);
        Row row = row(picture);
        int width = picture.getWidth();
        for (int y = 0; y < picture.getHeight(); y++) {
            row.write(y, out, y * width * CHANNELS);
        }
        return rgb;
    }

    /** Copies one picture into another at a place where it fits. */
    static void place(BufferedImage picture, BufferedImage canvas, int left, int top) {
        int length = picture.getWidth() * CHANNELS;
        for (int y = 0; y < picture.getHeight(); y++) {
            int to = ((top + y) * canvas.getWidth() + left) * CHANNELS;
            System.arraycopy(bytes(picture), y * length, bytes(canvas), to, length);
        }
    }

    /** Writes one row in blue, green, red. */
    private interface Row {
        void write(int y, byte[] out, int at);
    }

    private static Row row(BufferedImage picture) {
        ColorModel colours = picture.getColorModel();
        if (colours instanceof IndexColorModel palette) {
            return palette(picture.getRaster(), palette);
        }
        if (colours instanceof DirectColorModel) {
            return (y, out, at) -> packed(picture, y, out, at);
        }
        return samples(picture.getRaster(), colours.getTransparency() != Transparency.OPAQUE);
    }

    private static Row palette(Raster raster, IndexColorModel palette) {
        int[] colours = new int[palette.getMapSize()];
        palette.getRGBs(colours);
        int[] indices = new int[raster.getWidth()];
        return (y, out, from) -> {
            raster.getSamples(0, y, indices.length, 1, 0, indices);
            int at = from;
            for (int index : indices) {
                at = argb(index < colours.length ? colours[index] : 0, out, at);
            }
        };
    }

    private static void packed(BufferedImage picture, int y, byte[] out, int from) {
        int[] argb = picture.getRGB(0, y, picture.getWidth(), 1, null, 0, picture.getWidth());
        int at = from;
        for (int pixel : argb) {
            at = argb(pixel, out, at);
        }
    }

    /** One sample per channel: grey, grey and alpha, RGB, or RGB and alpha, of 8 or 16 bits. */
    private static Row samples(Raster raster, boolean transparent) {
        int bands = raster.getNumBands();
        boolean alpha = transparent && bands % 2 == 0;
        int green = bands > 2 ? 1 : 0;
        int blue = bands > 2 ? 2 : 0;
        int shift = raster.getDataBuffer().getDataType() == DataBuffer.TYPE_USHORT ? 8 : 0;
        int[] row = new int[raster.getWidth() * bands];
        return (y, out, from) -> {
            raster.getPixels(0, y, raster.getWidth(), 1, row);
            int at = from;
            for (int x = 0; x < row.length; x += bands) {
                int opacity = alpha ? row[x + bands - 1] >> shift : OPAQUE;
                out[at++] = onWhite(row[x + blue] >> shift, opacity);
                out[at++] = onWhite(row[x + green] >> shift, opacity);
                out[at++] = onWhite(row[x] >> shift, opacity);
            }
        };
    }

    private static int argb(int pixel, byte[] out, int from) {
        int opacity = pixel >>> 24;
        out[from] = onWhite(pixel & 0xff, opacity);
        out[from + 1] = onWhite(pixel >> 8 & 0xff, opacity);
        out[from + 2] = onWhite(pixel >> 16 & 0xff, opacity);
        return from + CHANNELS;
    }

    /**
     * Blue, green and red of pixels, as they look on white.
     *
     * @param transparent whether their alpha counts
     */
    static byte[] onWhite(int[] argb, boolean transparent) {
        byte[] bgr = new byte[argb.length * CHANNELS];
        int at = 0;
        for (int pixel : argb) {
            at = argb(transparent ? pixel : pixel | OPAQUE << 24, bgr, at);
        }
        return bgr;
    }

    /** A value as it looks on white. */
    static byte onWhite(int value, int opacity) {
        if (opacity == OPAQUE) {
            return (byte) value;
        }
        return (byte) ((value * opacity + OPAQUE * (OPAQUE - opacity) + OPAQUE / 2) / OPAQUE);
    }
}
