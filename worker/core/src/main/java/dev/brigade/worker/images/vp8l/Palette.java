package dev.brigade.worker.images.vp8l;

/**
 * Pixels are places in a palette; where it is small, several share a byte.
 *
 * @param width of the picture, in pixels
 * @param height of the picture
 * @param bits 2 to the power of these is how many share a byte
 * @param colours as many as can be said
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Palette(int width, int height, int bits, int[] colours) implements Undo {

    @Override
    public int[] undo(int[] packed) {
        int across = Pixels.blocks(width, bits);
        int pixelBits = 8 >> bits;
        int mask = (1 << bits) - 1;
        int[] argb = new int[width * height];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int value = packed[y * across + (x >> bits)] >> 8 & 0xff;
                int place = value >> ((x & mask) * pixelBits) & ((1 << pixelBits) - 1);
                argb[y * width + x] = colours[place];
            }
        }
        return argb;
    }
}
