package dev.brigade.worker.images.vp8;

import java.io.EOFException;
import java.util.Arrays;

/** Reads the coefficients of blocks, in their order (RFC 6386, section 13). */
final class Coefficients {

    /** Of a block: 16 of luminance, 4 and 4 of chrominance, 16 numbers each. */
    static final int COUNT = 24 * 16;

    private static final int[] BANDS = {0, 1, 2, 3, 6, 4, 5, 6, 6, 6, 6, 6, 6, 6, 6, 7};
    private static final int[] ZIGZAG = {0, 1, 4, 8, 5, 2, 3, 6, 9, 12, 13, 10, 7, 11, 14, 15};

    /** Probabilities of the bits of large numbers, by their size. */
    private static final int[][] LARGE = {
        {173, 148, 140},
        {176, 155, 140, 135},
        {180, 157, 141, 134, 130},
        {254, 254, 243, 230, 196, 177, 153, 140, 133, 130, 129}
    };

    private static final int Y_AFTER_Y2 = 0;
    private static final int Y2 = 1;
    private static final int CHROMA = 2;
    private static final int Y_WITH_DC = 3;

    /** Of each block above or to the left: 4 of luminance, 2 and 2 of chrominance, 1 of Y2. */
    private static final int CONTEXTS = 9;

    private static final int Y2_CONTEXT = 8;

    private final FrameHeader header;
    private final boolean[] above;
    private final boolean[] left = new boolean[CONTEXTS];

    /** Those of the block that was read last. */
    final int[] values = new int[COUNT];

    private final int[] secondOrder = new int[16];

    Coefficients(FrameHeader header, int columns) {
        this.header = header;
        this.above = new boolean[CONTEXTS * columns];
    }

    void beginRow() {
        Arrays.fill(left, false);
    }

    /** Reads those of a block, and tells it whether there are any. */
    void read(Bits bits, Block block, int column) throws EOFException {
        Arrays.fill(values, 0);
        int top = CONTEXTS * column;
        if (block.skipped) {
            skip(top, block.isSmall() ? Y2_CONTEXT : CONTEXTS);
            return;
        }
        Steps steps = header.steps[block.segment];
        int first = 0;
        int type = Y_WITH_DC;
        if (!block.isSmall()) {
            Arrays.fill(secondOrder, 0);
            int context = (above[top + Y2_CONTEXT] ? 1 : 0) + (left[Y2_CONTEXT] ? 1 : 0);
            int end = block(bits, Y2, context, 0, steps.y2Dc(), steps.y2Ac(), secondOrder, 0);
            above[top + Y2_CONTEXT] = end > 0;
            left[Y2_CONTEXT] = end > 0;
            Transform.spread(secondOrder, values);
            first = 1;
            type = Y_AFTER_Y2;
        }
        boolean any = luma(bits, type, first, steps, top);
        any |= chroma(bits, steps, top, 4, 16 * 16);
        any |= chroma(bits, steps, top, 6, 20 * 16);
        block.hasCoefficients = any;
    }

    private void skip(int top, int contexts) {
        Arrays.fill(above, top, top + contexts, false);
        Arrays.fill(left, 0, contexts, false);
    }

    private boolean luma(Bits bits, int type, int first, Steps steps, int top) throws EOFException {
        boolean any = false;
        for (int i = 0; i < 16; i++) {
            int a = top + i % 4;
            int l = i / 4;
            int context = (above[a] ? 1 : 0) + (left[l] ? 1 : 0);
            int end = block(bits, type, context, first, steps.y1Dc(), steps.y1Ac(), values, 16 * i);
            above[a] = end > first;
            left[l] = end > first;
            any |= end > 1 || values[16 * i] != 0;
        }
        return any;
    }

    private boolean chroma(Bits bits, Steps steps, int top, int contexts, int place)
            throws EOFException {
        boolean any = false;
        for (int i = 0; i < 4; i++) {
            int a = top + contexts + i % 2;
            int l = contexts + i / 2;
            int context = (above[a] ? 1 : 0) + (left[l] ? 1 : 0);
            int from = place + 16 * i;
            int end = block(bits, CHROMA, context, 0, steps.uvDc(), steps.uvAc(), values, from);
            above[a] = end > 0;
            left[l] = end > 0;
            any |= end > 0;
        }
        return any;
    }

    /** Reads a block of 16 from a first one on; returns one past the last that was coded. */
    private int block(
            Bits bits, int type, int context, int first, int dc, int ac, int[] out, int from)
            throws EOFException {
        int[] p = header.coefficients;
        int at = probabilities(type, first, context);
        int n = first;
        while (n < 16 && bits.bit(p[at])) {
            while (!bits.bit(p[at + 1])) {
                if (++n == 16) {
                    return 16;
                }
                at = probabilities(type, n, 0);
            }
            int size = bits.bit(p[at + 2]) ? large(bits, at) : 1;
            int value = bits.flag() ? -size : size;
            out[from + ZIGZAG[n]] = value * (n == 0 ? dc : ac);
            n++;
            if (n < 16) {
                at = probabilities(type, n, size == 1 ? 1 : 2);
            }
        }
        return n;
    }

    private static int probabilities(int type, int place, int context) {
        return ((type * 8 + BANDS[place]) * 3 + context) * 11;
    }

    /** A number of 2 or more. */
    private int large(Bits bits, int at) throws EOFException {
        int[] p = header.coefficients;
        if (!bits.bit(p[at + 3])) {
            if (!bits.bit(p[at + 4])) {
                return 2;
            }
            return bits.bit(p[at + 5]) ? 4 : 3;
        }
        if (!bits.bit(p[at + 6])) {
            if (!bits.bit(p[at + 7])) {
                return bits.bit(159) ? 6 : 5;
            }
            int upper = bits.bit(165) ? 9 : 7;
            return bits.bit(145) ? upper + 1 : upper;
        }
        int upper = bits.bit(p[at + 8]) ? 1 : 0;
        int size = 2 * upper + (bits.bit(p[at + 9 + upper]) ? 1 : 0);
        int more = 0;
        for (int probability : LARGE[size]) {
            more = 2 * more + (bits.bit(probability) ? 1 : 0);
        }
        return more + 3 + (8 << size);
    }
}
