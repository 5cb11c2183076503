package dev.brigade.worker.images.vp8;

/** From coefficients back to samples (RFC 6386, section 14). */
final class Transform {

    private static final int SIZE = 4;
    private static final int ONE_PLUS = 20_091;
    private static final int SINE = 35_468;

    private Transform() {}

    /**
     * Spreads 16 coefficients of second order over the first ones of 16 blocks.
     *
     * @param coefficients of 16 blocks, 16 each
     */
    static void spread(int[] in, int[] coefficients) {
        int[] t = new int[16];
        for (int i = 0; i < SIZE; i++) {
            int a0 = in[i] + in[12 + i];
            int a1 = in[4 + i] + in[8 + i];
            int a2 = in[4 + i] - in[8 + i];
            int a3 = in[i] - in[12 + i];
            t[i] = a0 + a1;
            t[8 + i] = a0 - a1;
            t[4 + i] = a3 + a2;
            t[12 + i] = a3 - a2;
        }
        for (int i = 0; i < SIZE; i++) {
            int dc = t[4 * i] + 3;
            int a0 = dc + t[4 * i + 3];
            int a1 = t[4 * i + 1] + t[4 * i + 2];
            int a2 = t[4 * i + 1] - t[4 * i + 2];
            int a3 = dc - t[4 * i + 3];
            int out = 64 * i;
            coefficients[out] = (a0 + a1) >> 3;
            coefficients[out + 16] = (a3 + a2) >> 3;
            coefficients[out + 32] = (a0 - a1) >> 3;
            coefficients[out + 48] = (a3 - a2) >> 3;
        }
    }

    /** Adds a block of 4 x 4, given as coefficients from a place on, to samples. */
    static void add(int[] in, int from, Plane plane, int place) {
        if (isZero(in, from)) {
            return;
        }
        int[] t = new int[16];
        for (int i = 0; i < SIZE; i++) {
            int at = from + i;
            int a = in[at] + in[at + 8];
            int b = in[at] - in[at + 8];
            int c = sine(in[at + 4]) - cosine(in[at + 12]);
            int d = cosine(in[at + 4]) + sine(in[at + 12]);
            t[SIZE * i] = a + d;
            t[SIZE * i + 1] = b + c;
            t[SIZE * i + 2] = b - c;
            t[SIZE * i + 3] = a - d;
        }
        for (int i = 0; i < SIZE; i++) {
            int dc = t[i] + 4;
            int a = dc + t[8 + i];
            int b = dc - t[8 + i];
            int c = sine(t[4 + i]) - cosine(t[12 + i]);
            int d = cosine(t[4 + i]) + sine(t[12 + i]);
            int row = place + i * plane.stride;
            plane.set(row, plane.get(row) + ((a + d) >> 3));
            plane.set(row + 1, plane.get(row + 1) + ((b + c) >> 3));
            plane.set(row + 2, plane.get(row + 2) + ((b - c) >> 3));
            plane.set(row + 3, plane.get(row + 3) + ((a - d) >> 3));
        }
    }

    private static boolean isZero(int[] in, int from) {
        int any = 0;
        for (int i = from; i < from + 16; i++) {
            any |= in[i];
        }
        return any == 0;
    }

    private static int cosine(int value) {
        return ((value * ONE_PLUS) >> 16) + value;
    }

    private static int sine(int value) {
        return (value * SINE) >> 16;
    }
}
