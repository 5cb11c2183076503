package dev.brigade.worker.images.vp8l;

import java.io.IOException;

/**
 * The codes that pixels of one region have.
 *
 * @param green of green values, of lengths of copies, and of places in the cache
 * @param distance of how far back a copy begins
 */
record Codes(
        PrefixCode green, PrefixCode red, PrefixCode blue, PrefixCode alpha, PrefixCode distance) {

    static final int VALUES = 256;
    static final int LENGTHS = 24;
    private static final int DISTANCES = 40;

    static Codes read(Bits bits, int cacheSize) throws IOException {
        return new Codes(
                CodeReader.read(bits, VALUES + LENGTHS + cacheSize),
                CodeReader.read(bits, VALUES),
                CodeReader.read(bits, VALUES),
                CodeReader.read(bits, VALUES),
                CodeReader.read(bits, DISTANCES));
    }
}
