package dev.brigade.worker.images.vp8;

import java.io.EOFException;

/** Bits of a partition, each coded with a probability (RFC 6386, section 7). */
final class Bits {

    /** Bytes that a coder need not write, since they would be 0. */
    private static final int MOST_MISSING = 2;

    private static final int EVEN = 128;

    private final byte[] bytes;
    private final int end;
    private int at;
    private int missing;

    /** The next bits, of which the highest 8 are looked at. */
    private int value;

    /** Bits of the value below those 8. */
    private int below = -8;

    private int range = 255;

    Bits(byte[] bytes, int from, int end) {
        this.bytes = bytes;
        this.at = from;
        this.end = end;
    }

    /**
     * The next bit.
     *
     * @param probability that it is 0, of 256
     */
    boolean bit(int probability) throws EOFException {
        while (below < 0) {
            value = value << 8 | next();
            below += 8;
        }
        int split = 1 + (((range - 1) * probability) >> 8);
        int border = split << below;
        boolean bit = value >= border;
        if (bit) {
            value -= border;
            range -= split;
        } else {
            range = split;
        }
        int shift = Integer.numberOfLeadingZeros(range) - 24;
        range <<= shift;
        below -= shift;
        return bit;
    }

    private int next() throws EOFException {
        if (at < end) {
            return bytes[at++] & 0xff;
        }
        if (++missing > MOST_MISSING) {
            throw new EOFException();
        }
        return 0;
    }

    boolean flag() throws EOFException {
        return bit(EVEN);
    }

    /** A number of so many bits. */
    int number(int bits) throws EOFException {
        int number = 0;
        for (int i = 0; i < bits; i++) {
            number = number << 1 | (flag() ? 1 : 0);
        }
        return number;
    }

    /** A number of so many bits with its sign behind it. */
    int signed(int bits) throws EOFException {
        int number = number(bits);
        return flag() ? -number : number;
    }

    /** A signed number where a flag says that there is one, else 0. */
    int optional(int bits) throws EOFException {
        return flag() ? signed(bits) : 0;
    }
}
