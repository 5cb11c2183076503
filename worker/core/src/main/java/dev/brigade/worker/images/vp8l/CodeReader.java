package dev.brigade.worker.images.vp8l;

import java.io.IOException;
import java.util.Arrays;

/** Reads prefix codes, which are written down as the lengths of their symbols. */
final class CodeReader {

    private static final int[] ORDER = {
        17, 18, 0, 1, 2, 3, 4, 5, 16, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15
    };
    private static final int REPEAT = 16;
    private static final int ZEROS = 17;
    private static final int FIRST_LENGTH = 8;

    private CodeReader() {}

    /**
     * @param symbols how many the alphabet has
     */
    static PrefixCode read(Bits bits, int symbols) throws IOException {
        return PrefixCode.of(bits.flag() ? few(bits, symbols) : many(bits, symbols));
    }

    private static int[] few(Bits bits, int symbols) throws IOException {
        int[] lengths = new int[symbols];
        boolean two = bits.flag();
        set(lengths, bits.number(bits.flag() ? 8 : 1));
        if (two) {
            set(lengths, bits.number(8));
        }
        return lengths;
    }

    private static void set(int[] lengths, int symbol) throws IOException {
        if (symbol >= lengths.length) {
            throw new IOException("no such symbol");
        }
        lengths[symbol] = 1;
    }

    private static int[] many(Bits bits, int symbols) throws IOException {
        int[] lengthsOfLengths = new int[ORDER.length];
        int count = 4 + bits.number(4);
        for (int i = 0; i < count; i++) {
            lengthsOfLengths[ORDER[i]] = bits.number(3);
        }
        PrefixCode code = PrefixCode.of(lengthsOfLengths);
        int coded = bits.flag() ? 2 + bits.number(2 + 2 * bits.number(3)) : symbols;
        if (coded > symbols) {
            throw new IOException("too many symbols");
        }
        return lengths(bits, code, symbols, coded);
    }

    private static int[] lengths(Bits bits, PrefixCode code, int symbols, int coded)
            throws IOException {
        int[] lengths = new int[symbols];
        int previous = FIRST_LENGTH;
        int at = 0;
        for (int i = 0; i < coded && at < symbols; i++) {
            int said = code.read(bits);
            if (said < REPEAT) {
                lengths[at++] = said;
                previous = said == 0 ? previous : said;
                continue;
            }
            int times =
                    said == REPEAT
                            ? 3 + bits.number(2)
                            : said == ZEROS ? 3 + bits.number(3) : 11 + bits.number(7);
            if (times > symbols - at) {
                throw new IOException("too many symbols");
            }
            Arrays.fill(lengths, at, at + times, said == REPEAT ? previous : 0);
            at += times;
        }
        return lengths;
    }
}
