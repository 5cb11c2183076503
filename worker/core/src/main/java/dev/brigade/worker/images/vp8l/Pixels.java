package dev.brigade.worker.images.vp8l;

import java.io.IOException;
import java.io.InterruptedIOException;

/** Reads coded pixels: of the picture, and of the small pictures that say how it is coded. */
final class Pixels {

    private static final int MOST_CACHE_BITS = 11;

    /** Far more than any encoder writes; each takes memory. */
    private static final int MOST_REGION_CODES = 8192;

    private static final int HASH = 0x1e35a7bd;

    /** Places near a pixel, as rows up and 8 less the columns to the left. */
    private static final int[] NEAR = {
        0x18, 0x07, 0x17, 0x19, 0x28, 0x06, 0x27, 0x29, 0x16, 0x1a, 0x26, 0x2a, 0x38, 0x05, 0x37,
        0x39, 0x15, 0x1b, 0x36, 0x3a, 0x25, 0x2b, 0x48, 0x04, 0x47, 0x49, 0x14, 0x1c, 0x35, 0x3b,
        0x46, 0x4a, 0x24, 0x2c, 0x58, 0x45, 0x4b, 0x34, 0x3c, 0x03, 0x57, 0x59, 0x13, 0x1d, 0x56,
        0x5a, 0x23, 0x2d, 0x44, 0x4c, 0x55, 0x5b, 0x33, 0x3d, 0x68, 0x02, 0x67, 0x69, 0x12, 0x1e,
        0x66, 0x6a, 0x22, 0x2e, 0x54, 0x5c, 0x43, 0x4d, 0x65, 0x6b, 0x32, 0x3e, 0x78, 0x01, 0x77,
        0x79, 0x53, 0x5d, 0x11, 0x1f, 0x64, 0x6c, 0x42, 0x4e, 0x76, 0x7a, 0x21, 0x2f, 0x75, 0x7b,
        0x31, 0x3f, 0x63, 0x6d, 0x52, 0x5e, 0x00, 0x74, 0x7c, 0x41, 0x4f, 0x10, 0x20, 0x62, 0x6e,
        0x30, 0x73, 0x7d, 0x51, 0x5f, 0x40, 0x72, 0x7e, 0x61, 0x6f, 0x50, 0x71, 0x7f, 0x60, 0x70
    };

    private final Bits bits;
    private final int width;
    private final int[] argb;
    private final int[] cache;
    private final Codes[] codes;

    /** Of each region the number of its codes; empty where there is one region. */
    private final int[] regions;

    private final int regionBits;

    private Pixels(
            Bits bits,
            int width,
            int height,
            int[] cache,
            Codes[] codes,
            int[] regions,
            int regionBits) {
        this.bits = bits;
        this.width = width;
        this.argb = new int[width * height];
        this.cache = cache;
        this.codes = codes;
        this.regions = regions;
        this.regionBits = regionBits;
    }

    /**
     * Reads pixels.
     *
     * @param main whether they are those of the picture, which alone may have several regions
     */
    static int[] read(Bits bits, int width, int height, boolean main) throws IOException {
        int cacheSize = cacheSize(bits);
        int[] regions = {};
        int regionBits = 0;
        int count = 1;
        if (main && bits.flag()) {
            regionBits = bits.number(3) + 2;
            regions = read(bits, blocks(width, regionBits), blocks(height, regionBits), false);
            for (int i = 0; i < regions.length; i++) {
                regions[i] = regions[i] >> 8 & 0xffff;
                count = Math.max(count, regions[i] + 1);
            }
        }
        if (count > MOST_REGION_CODES) {
            throw new IOException("too many codes");
        }
        Codes[] codes = new Codes[count];
        for (int i = 0; i < count; i++) {
            codes[i] = Codes.read(bits, cacheSize);
        }
        return new Pixels(bits, width, height, new int[cacheSize], codes, regions, regionBits)
                .read();
    }

    private static int cacheSize(Bits bits) throws IOException {
        if (!bits.flag()) {
            return 0;
        }
        int cacheBits = bits.number(4);
        if (cacheBits < 1 || cacheBits > MOST_CACHE_BITS) {
            throw new IOException("no such cache");
        }
        return 1 << cacheBits;
    }

    /** Blocks of 2 to the power of {@code bits} that a length needs. */
    static int blocks(int length, int bits) {
        return (length + (1 << bits) - 1) >> bits;
    }

    private int[] read() throws IOException {
        int at = 0;
        int row = -1;
        while (at < argb.length) {
            if (at / width != row) {
                row = at / width;
                checkInterrupt();
            }
            Codes here = codes(at % width, row);
            int said = here.green().read(bits);
            if (said < Codes.VALUES) {
                int red = here.red().read(bits);
                int blue = here.blue().read(bits);
                at = put(here.alpha().read(bits) << 24 | red << 16 | said << 8 | blue, at);
            } else if (said < Codes.VALUES + Codes.LENGTHS) {
                int length = number(said - Codes.VALUES);
                at = copy(length, distance(number(here.distance().read(bits))), at);
            } else {
                at = put(cache[said - Codes.VALUES - Codes.LENGTHS], at);
            }
        }
        return argb;
    }

    private Codes codes(int x, int y) {
        return regions.length == 0
                ? codes[0]
                : codes[regions[(y >> regionBits) * blocks(width, regionBits) + (x >> regionBits)]];
    }

    /** A length or distance, of which a prefix was read. */
    private int number(int prefix) throws IOException {
        if (prefix < 4) {
            return prefix + 1;
        }
        int more = (prefix - 2) >> 1;
        return ((2 + (prefix & 1)) << more) + bits.number(more) + 1;
    }

    /** How many pixels back; small numbers stand for places near by. */
    private int distance(int number) {
        if (number > NEAR.length) {
            return number - NEAR.length;
        }
        int near = NEAR[number - 1];
        return Math.max(1, (near >> 4) * width + 8 - (near & 0xf));
    }

    private int copy(int length, int distance, int from) throws IOException {
        if (distance > from || length > argb.length - from) {
            throw new IOException("a copy of what is not there");
        }
        int at = from;
        while (at < from + length) {
            at = put(argb[at - distance], at);
        }
        return at;
    }

    private int put(int pixel, int at) {
        argb[at] = pixel;
        if (cache.length > 0) {
            int cacheBits = Integer.numberOfTrailingZeros(cache.length);
            cache[(HASH * pixel) >>> (32 - cacheBits)] = pixel;
        }
        return at + 1;
    }

    private static void checkInterrupt() throws InterruptedIOException {
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedIOException();
        }
    }
}
