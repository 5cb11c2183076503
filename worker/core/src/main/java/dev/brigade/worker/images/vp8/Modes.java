package dev.brigade.worker.images.vp8;

import java.io.EOFException;
import java.util.Arrays;

/** Reads how blocks are guessed, in their order (RFC 6386, section 11). */
final class Modes {

    /** Where to go from each place: up to 0 the mode, else the place of the next two. */
    private static final int[] SMALL_TREE = {
        -Prediction.DC,
        2,
        -Prediction.TRUE_MOTION,
        4,
        -Prediction.VERTICAL,
        6,
        8,
        12,
        -Prediction.HORIZONTAL,
        10,
        -5,
        -6,
        -4,
        14,
        -7,
        16,
        -8,
        -9
    };

    private static final int MODES = 10;
    private static final int NODES = 9;

    private final FrameHeader header;

    /** Modes of the lowest 4 x 4 blocks above. */
    private final int[] above;

    /** Modes of the rightmost 4 x 4 blocks to the left. */
    private final int[] left = new int[4];

    Modes(FrameHeader header, int columns) {
        this.header = header;
        this.above = new int[4 * columns];
    }

    void beginRow() {
        Arrays.fill(left, Prediction.DC);
    }

    Block read(int column) throws EOFException {
        Bits bits = header.modes;
        Block block = new Block();
        if (header.updatesSegments) {
            int[] probabilities = header.segmentProbabilities;
            block.segment =
                    bits.bit(probabilities[0])
                            ? bits.bit(probabilities[2]) ? 3 : 2
                            : bits.bit(probabilities[1]) ? 1 : 0;
        }
        block.skipped = header.skipProbability >= 0 && bits.bit(header.skipProbability);
        block.mode = mode(bits);
        if (block.isSmall()) {
            smallModes(bits, block.smallModes, 4 * column);
        } else {
            Arrays.fill(left, block.mode);
            Arrays.fill(above, 4 * column, 4 * column + 4, block.mode);
        }
        block.chromaMode = chromaMode(bits);
        return block;
    }

    private static int mode(Bits bits) throws EOFException {
        if (!bits.bit(145)) {
            return Prediction.SMALL;
        }
        if (!bits.bit(156)) {
            return bits.bit(163) ? Prediction.VERTICAL : Prediction.DC;
        }
        return bits.bit(128) ? Prediction.TRUE_MOTION : Prediction.HORIZONTAL;
    }

    private static int chromaMode(Bits bits) throws EOFException {
        if (!bits.bit(142)) {
            return Prediction.DC;
        }
        if (!bits.bit(114)) {
            return Prediction.VERTICAL;
        }
        return bits.bit(183) ? Prediction.TRUE_MOTION : Prediction.HORIZONTAL;
    }

    private void smallModes(Bits bits, int[] modes, int column) throws EOFException {
        for (int y = 0; y < 4; y++) {
            for (int x = 0; x < 4; x++) {
                int table = (above[column + x] * MODES + left[y]) * NODES;
                int place = 0;
                do {
                    place =
                            SMALL_TREE[
                                    place + (bits.bit(Tables.MODES[table + (place >> 1)]) ? 1 : 0)];
                } while (place > 0);
                modes[4 * y + x] = -place;
                above[column + x] = -place;
                left[y] = -place;
            }
        }
    }
}
