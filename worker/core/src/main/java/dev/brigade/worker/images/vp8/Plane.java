package dev.brigade.worker.images.vp8;

import java.util.Arrays;

/**
 * Samples of luminance or chrominance, with one more row above and one more column to the left,
 * which hold what the format takes for their neighbours.
 */
final class Plane {

    private static final byte ABOVE = 127;
    private static final byte LEFT = (byte) 129;

    /** Samples right of the last block that a block may look at. */
    private static final int BEYOND = 4;

    final byte[] samples;

    /** From a sample to the one below it. */
    final int stride;

    Plane(int width, int height) {
        stride = width + 1 + BEYOND;
        samples = new byte[stride * (height + 1)];
        Arrays.fill(samples, 0, stride, ABOVE);
        for (int y = 1; y <= height; y++) {
            samples[y * stride] = LEFT;
        }
    }

    /** Place of a sample; -1 is the row above and the column to the left. */
    int at(int x, int y) {
        return (y + 1) * stride + x + 1;
    }

    int get(int place) {
        return samples[place] & 0xff;
    }

    /** Sets a sample to the nearest value that it can have. */
    void set(int place, int value) {
        samples[place] = (byte) Math.clamp(value, 0, 255);
    }
}
