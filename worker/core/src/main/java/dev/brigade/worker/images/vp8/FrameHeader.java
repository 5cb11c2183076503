package dev.brigade.worker.images.vp8;

import java.io.EOFException;
import java.io.IOException;

/** What stands before the blocks of a frame (RFC 6386, section 9). */
final class FrameHeader {

    static final int SEGMENTS = 4;

    private static final int START = 10;
    private static final int MOST_PROFILE = 3;
    private static final int DELTAS = 4;

    final int width;
    final int height;

    /** The first partition, behind this header. */
    final Bits modes;

    /** Where the second partition begins. */
    final int partitions;

    boolean updatesSegments;
    final int[] segmentProbabilities = {255, 255, 255};
    boolean simpleFilter;
    int sharpness;

    /** Of each segment, and for blocks with one mode or with 16. */
    final int[][] filterLevels = new int[SEGMENTS][2];

    final Steps[] steps = new Steps[SEGMENTS];
    int partitionCount;
    final int[] coefficients = Tables.COEFFICIENTS.clone();

    /** Probability that a block has coefficients; -1 where all have. */
    int skipProbability = -1;

    private boolean segmented;
    private boolean absolute;
    private final int[] segmentQuantizers = new int[SEGMENTS];
    private final int[] segmentLevels = new int[SEGMENTS];

    private FrameHeader(byte[] bytes, int from, int end) throws IOException {
        if (end - from < START) {
            throw new EOFException();
        }
        int tag = little(bytes, from, 3);
        int firstLength = tag >> 5;
        if ((tag & 1) != 0
                || (tag >> 1 & 7) > MOST_PROFILE
                || little(bytes, from + 3, 3) != 0x2a019d
                || firstLength > end - from - START) {
            throw new IOException("no whole key frame");
        }
        width = little(bytes, from + 6, 2) & 0x3fff;
        height = little(bytes, from + 8, 2) & 0x3fff;
        partitions = from + START + firstLength;
        modes = new Bits(bytes, from + START, partitions);
    }

    static FrameHeader read(byte[] bytes, int from, int end) throws IOException {
        FrameHeader header = new FrameHeader(bytes, from, end);
        header.modes.number(2); // colour space and clamping
        header.segments();
        header.filter();
        header.partitionCount = 1 << header.modes.number(2);
        header.quantizers();
        header.modes.flag(); // refreshes probabilities, of no meaning for one frame
        header.probabilities();
        return header;
    }

    private void segments() throws EOFException {
        segmented = modes.flag();
        if (!segmented) {
            return;
        }
        updatesSegments = modes.flag();
        if (modes.flag()) {
            absolute = modes.flag();
            for (int i = 0; i < SEGMENTS; i++) {
                segmentQuantizers[i] = modes.optional(7);
            }
            for (int i = 0; i < SEGMENTS; i++) {
                segmentLevels[i] = modes.optional(6);
            }
        }
        if (updatesSegments) {
            for (int i = 0; i < segmentProbabilities.length; i++) {
                segmentProbabilities[i] = modes.flag() ? modes.number(8) : 255;
            }
        }
    }

    private void filter() throws EOFException {
        simpleFilter = modes.flag();
        int level = modes.number(6);
        sharpness = modes.number(3);
        boolean byBlock = modes.flag();
        int[] deltas = new int[2 * DELTAS];
        if (byBlock && modes.flag()) {
            for (int i = 0; i < deltas.length; i++) {
                deltas[i] = modes.optional(6);
            }
        }
        for (int segment = 0; segment < SEGMENTS; segment++) {
            int own = of(segment, level, segmentLevels);
            int whole = byBlock ? own + deltas[0] : own;
            int small = byBlock ? whole + deltas[DELTAS] : own;
            boolean off = level == 0;
            filterLevels[segment][0] = off ? 0 : Math.clamp(whole, 0, 63);
            filterLevels[segment][1] = off ? 0 : Math.clamp(small, 0, 63);
        }
    }

    private void quantizers() throws EOFException {
        int base = modes.number(7);
        int[] deltas = new int[5];
        for (int i = 0; i < deltas.length; i++) {
            deltas[i] = modes.optional(4);
        }
        for (int segment = 0; segment < SEGMENTS; segment++) {
            steps[segment] = Steps.of(of(segment, base, segmentQuantizers), deltas);
        }
    }

    private int of(int segment, int base, int[] values) {
        if (!segmented) {
            return base;
        }
        return absolute ? values[segment] : base + values[segment];
    }

    private void probabilities() throws EOFException {
        for (int i = 0; i < coefficients.length; i++) {
            if (modes.bit(Tables.UPDATES[i])) {
                coefficients[i] = modes.number(8);
            }
        }
        if (modes.flag()) {
            skipProbability = modes.number(8);
        }
    }

    static int little(byte[] bytes, int at, int count) {
        int number = 0;
        for (int i = count - 1; i >= 0; i--) {
            number = number << 8 | (bytes[at + i] & 0xff);
        }
        return number;
    }
}
