package dev.brigade.worker.images.vp8l;

import java.io.EOFException;

/** Bits of some bytes, the lowest of each byte first. */
final class Bits {

    private final byte[] bytes;
    private final int end;
    private int at;
    private long value;
    private int count;

    Bits(byte[] bytes, int from, int end) {
        this.bytes = bytes;
        this.at = from;
        this.end = end;
    }

    /** The next bits, at most 24, without taking them; 0 behind the end. */
    int peek(int bits) {
        while (count < bits && at < end) {
            value |= (bytes[at++] & 0xffL) << count;
            count += 8;
        }
        return (int) value & ((1 << bits) - 1);
    }

    /** Takes bits that were looked at. */
    void take(int bits) throws EOFException {
        if (bits > count) {
            throw new EOFException();
        }
        value >>>= bits;
        count -= bits;
    }

    /** The next bits as a number, at most 24. */
    int number(int bits) throws EOFException {
        int number = peek(bits);
        take(bits);
        return number;
    }

    boolean flag() throws EOFException {
        return number(1) == 1;
    }
}
