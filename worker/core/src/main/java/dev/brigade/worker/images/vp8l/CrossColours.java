package dev.brigade.worker.images.vp8l;

/**
 * Red and blue are differences from what green, and red, let expect.
 *
 * @param width of the picture
 * @param bits 2 to the power of these is the edge of a block
 * @param blocks of each block three factors, in its channels
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record CrossColours(int width, int bits, int[] blocks) implements Undo {

    @Override
    public int[] undo(int[] argb) {
        int across = Pixels.blocks(width, bits);
        for (int at = 0; at < argb.length; at++) {
            int factors = blocks[((at / width) >> bits) * across + ((at % width) >> bits)];
            int pixel = argb[at];
            int green = (byte) (pixel >> 8);
            int red = (pixel >> 16) + product(factors, green);
            int blue = pixel + product(factors >> 8, green) + product(factors >> 16, (byte) red);
            argb[at] = (pixel & 0xff00ff00) | (red & 0xff) << 16 | (blue & 0xff);
        }
        return argb;
    }

    private static int product(int factor, int value) {
        return ((byte) factor * value) >> 5;
    }
}
