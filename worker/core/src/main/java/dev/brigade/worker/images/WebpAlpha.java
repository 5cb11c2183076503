package dev.brigade.worker.images;

import java.awt.image.BufferedImage;

/**
 * How opaque the pixels of a lossy WebP are: one byte each, coded as differences from a neighbour,
 * and those as they are or as the green of a lossless picture.
 */
final class WebpAlpha {

    private static final int OPAQUE = 255;
    private static final int LOSSLESS = 1;
    private static final int FROM_LEFT = 1;
    private static final int FROM_ABOVE = 2;
    private static final int FROM_BOTH = 3;

    private WebpAlpha() {}

    /** Puts a picture on white as far as it is transparent. */
    static void apply(ByteView chunk, BufferedImage picture)
            throws ImageFault, InterruptedException {
        int width = picture.getWidth();
        int height = picture.getHeight();
        ByteView data = chunk.part(1, chunk.size() - 1L);
        byte[] alpha =
                switch (chunk.u8(0) & 3) {
                    case 0 -> plain(data, width * height);
                    case LOSSLESS -> green(data, width, height);
                    default -> throw ImageFault.truncated();
                };
        undoDifferences(alpha, width, chunk.u8(0) >> 2 & 3);
        byte[] colours = RgbPicture.bytes(picture);
        for (int i = 0; i < colours.length; i++) {
            int opacity = alpha[i / RgbPicture.CHANNELS] & 0xff;
            colours[i] = RgbPicture.onWhite(colours[i] & 0xff, opacity);
        }
    }

    private static byte[] plain(ByteView data, int count) throws ImageFault {
        ByteView values = data.part(0, count);
        byte[] alpha = new byte[count];
        System.arraycopy(values.bytes(), values.from(), alpha, 0, count);
        return alpha;
    }

    private static byte[] green(ByteView data, int width, int height)
            throws ImageFault, InterruptedException {
        int[] argb = WebpFrame.lossless(data, width, height);
        byte[] green = new byte[argb.length];
        for (int i = 0; i < green.length; i++) {
            green[i] = (byte) (argb[i] >> 8);
        }
        return green;
    }

    private static void undoDifferences(byte[] alpha, int width, int from) {
        for (int i = 1; from != 0 && i < alpha.length; i++) {
            boolean first = i < width;
            int left = i % width == 0 ? alpha[i - width] & 0xff : alpha[i - 1] & 0xff;
            int above = first ? left : alpha[i - width] & 0xff;
            int guess =
                    switch (from) {
                        case FROM_LEFT -> left;
                        case FROM_ABOVE -> above;
                        case FROM_BOTH ->
                                first || i % width == 0
                                        ? left
                                        : left + above - (alpha[i - width - 1] & 0xff);
                        default -> 0;
                    };
            alpha[i] += (byte) Math.clamp(guess, 0, OPAQUE);
        }
    }
}
