package dev.brigade.worker.images.vp8l;

import java.io.EOFException;
import java.io.IOException;

/**
 * A canonical prefix code of up to 15 bits. Short codes are looked up at once, longer ones bit by
 * bit from there on.
 */
final class PrefixCode {

    private static final int MOST_BITS = 15;
    private static final int QUICK_BITS = 8;
    private static final int LENGTH_BITS = 4;

    /** The only symbol, which takes no bits; -1 where there are several. */
    private final int only;

    /** Of each next few bits the symbol and its length; 0 where it is longer. */
    private final short[] quick;

    private final int quickBits;

    /** How many symbols have each length. */
    private final short[] counts;

    /** By length, and by value where lengths are equal. */
    private final short[] symbols;

    private PrefixCode(int only, short[] quick, int quickBits, short[] counts, short[] symbols) {
        this.only = only;
        this.quick = quick;
        this.quickBits = quickBits;
        this.counts = counts;
        this.symbols = symbols;
    }

    /** A code of one symbol. */
    static PrefixCode of(int symbol) {
        return new PrefixCode(symbol, new short[0], 0, new short[0], new short[0]);
    }

    /**
     * The code whose symbols have these lengths.
     *
     * @throws IOException when no code can have them
     */
    static PrefixCode of(int[] lengths) throws IOException {
        short[] counts = new short[MOST_BITS + 1];
        int longest = 0;
        int last = -1;
        int total = 0;
        for (int symbol = 0; symbol < lengths.length; symbol++) {
            if (lengths[symbol] > 0) {
                counts[lengths[symbol]]++;
                longest = Math.max(longest, lengths[symbol]);
                last = symbol;
                total++;
            }
        }
        if (total == 0) {
            throw new IOException("a code without symbols");
        }
        if (total == 1) {
            return of(last);
        }
        checkWhole(counts);
        short[] symbols = sorted(lengths, counts, total);
        int quickBits = Math.min(QUICK_BITS, longest);
        return new PrefixCode(-1, quick(counts, symbols, quickBits), quickBits, counts, symbols);
    }

    /** Each sequence of bits must be a code, or the beginning of one. */
    private static void checkWhole(short[] counts) throws IOException {
        int open = 1;
        for (int length = 1; length <= MOST_BITS; length++) {
            open = 2 * open - counts[length];
            if (open < 0) {
                throw new IOException("a code of too many symbols");
            }
        }
        if (open > 0) {
            throw new IOException("a code of too few symbols");
        }
    }

    private static short[] sorted(int[] lengths, short[] counts, int total) {
        int[] next = new int[MOST_BITS + 2];
        for (int length = 1; length <= MOST_BITS; length++) {
            next[length + 1] = next[length] + counts[length];
        }
        short[] symbols = new short[total];
        for (int symbol = 0; symbol < lengths.length; symbol++) {
            if (lengths[symbol] > 0) {
                symbols[next[lengths[symbol]]++] = (short) symbol;
            }
        }
        return symbols;
    }

    private static short[] quick(short[] counts, short[] symbols, int bits) {
        short[] quick = new short[1 << bits];
        int code = 0;
        int place = 0;
        for (int length = 1; length <= bits; length++) {
            for (int i = 0; i < counts[length]; i++) {
                int reversed = Integer.reverse(code++) >>> (32 - length);
                short entry = (short) (symbols[place++] << LENGTH_BITS | length);
                for (int at = reversed; at < quick.length; at += 1 << length) {
                    quick[at] = entry;
                }
            }
            code <<= 1;
        }
        return quick;
    }

    int read(Bits bits) throws IOException {
        if (only >= 0) {
            return only;
        }
        int next = bits.peek(MOST_BITS);
        int entry = quick[next & ((1 << quickBits) - 1)] & 0xffff;
        if (entry != 0) {
            bits.take(entry & ((1 << LENGTH_BITS) - 1));
            return entry >> LENGTH_BITS;
        }
        return slow(bits, next);
    }

    private int slow(Bits bits, int next) throws EOFException, IOException {
        int code = 0;
        int first = 0;
        int place = 0;
        for (int length = 1; length <= MOST_BITS; length++) {
            code = code << 1 | (next >> (length - 1) & 1);
            int count = counts[length];
            if (code - first < count) {
                bits.take(length);
                return symbols[place + code - first];
            }
            place += count;
            first = (first + count) << 1;
        }
        throw new IOException("no such code");
    }
}
