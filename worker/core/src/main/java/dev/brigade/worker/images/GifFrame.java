package dev.brigade.worker.images;

import java.awt.image.BufferedImage;

/**
 * One frame of a GIF.
 *
 * @param transparent index that leaves the canvas as it is, or {@link #OPAQUE}
 * @param codeBits bits of the first codes but one
 * @param data sub-blocks of codes, with their lengths
 */
record GifFrame(
        int left,
        int top,
        int width,
        int height,
        boolean interlaced,
        ByteView palette,
        int transparent,
        int codeBits,
        ByteView data) {

    static final int OPAQUE = -1;

    private static final int[] PASS_STARTS = {0, 4, 2, 1};
    private static final int[] PASS_STEPS = {8, 8, 4, 2};

    /** Draws the frame on a canvas that holds it; a picture that ends early is a fault. */
    void drawOn(BufferedImage canvas) throws ImageFault, InterruptedException {
        if (palette.size() == 0 || codeBits < 1 || codeBits > 8) {
            throw ImageFault.truncated();
        }
        GifCodes codes = new GifCodes(data, codeBits);
        byte[] row = new byte[width];
        for (int y : rows()) {
            codes.read(row);
            draw(row, y, canvas);
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        }
    }

    private void draw(byte[] row, int y, BufferedImage canvas) throws ImageFault {
        byte[] out = RgbPicture.bytes(canvas);
        int at = ((top + y) * canvas.getWidth() + left) * RgbPicture.CHANNELS;
        for (byte value : row) {
            int index = value & 0xff;
            if (index != transparent) {
                int colour = index * 3 < palette.size() ? index * 3 : 0;
                out[at] = (byte) palette.u8(colour + 2);
                out[at + 1] = (byte) palette.u8(colour + 1);
                out[at + 2] = (byte) palette.u8(colour);
            }
            at += RgbPicture.CHANNELS;
        }
    }

    /** Rows in the order in which they come. */
    private int[] rows() {
        int[] rows = new int[height];
        int n = 0;
        if (!interlaced) {
            while (n < height) {
                rows[n] = n++;
            }
            return rows;
        }
        for (int pass = 0; pass < PASS_STARTS.length; pass++) {
            for (int y = PASS_STARTS[pass]; y < height; y += PASS_STEPS[pass]) {
                rows[n++] = y;
            }
        }
        return rows;
    }
}
