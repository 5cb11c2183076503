package dev.brigade.worker.images;

/** Unpacks the codes of a GIF frame (Lempel-Ziv-Welch with codes of up to 12 bits). */
final class GifCodes {

    private static final int MOST_CODES = 1 << 12;

    private final ByteView blocks;
    private final int clear;
    private final int firstBits;
    private final short[] prefixes = new short[MOST_CODES];
    private final byte[] lasts = new byte[MOST_CODES];
    private final byte[] firsts = new byte[MOST_CODES];

    /** Values of the code that was read last, in reverse order, not handed out yet. */
    private final byte[] waiting = new byte[MOST_CODES + 1];

    private int waitingCount;
    private int at;
    private int left;
    private int bitBuffer;
    private int bitCount;
    private int bits;
    private int codes;
    private int previous = -1;

    GifCodes(ByteView blocks, int codeBits) {
        this.blocks = blocks;
        this.clear = 1 << codeBits;
        this.firstBits = codeBits + 1;
        for (int i = 0; i < clear; i++) {
            lasts[i] = (byte) i;
            firsts[i] = (byte) i;
        }
        reset();
    }

    /** Fills a row with values. */
    void read(byte[] row) throws ImageFault {
        int done = 0;
        while (done < row.length) {
            if (waitingCount == 0) {
                next();
            }
            while (waitingCount > 0 && done < row.length) {
                row[done++] = waiting[--waitingCount];
            }
        }
    }

    private void next() throws ImageFault {
        int code = code();
        while (code == clear) {
            reset();
            code = code();
        }
        if (code == clear + 1 || code > codes || (code == codes && previous < 0)) {
            throw ImageFault.truncated();
        }
        if (previous >= 0 && codes < MOST_CODES) {
            learn(code == codes ? firsts[previous] : firsts[code]);
        } else if (code == codes) {
            throw ImageFault.truncated();
        }
        unpack(code);
        previous = code;
    }

    private void learn(byte last) {
        prefixes[codes] = (short) previous;
        lasts[codes] = last;
        firsts[codes] = firsts[previous];
        codes++;
        if (codes == 1 << bits && bits < 12) {
            bits++;
        }
    }

    private void unpack(int code) {
        int c = code;
        while (c >= clear) {
            waiting[waitingCount++] = lasts[c];
            c = prefixes[c];
        }
        waiting[waitingCount++] = (byte) c;
    }

    private void reset() {
        bits = firstBits;
        codes = clear + 2;
        previous = -1;
    }

    private int code() throws ImageFault {
        while (bitCount < bits) {
            if (left == 0) {
                left = blocks.u8(at++);
                if (left == 0) {
                    throw ImageFault.truncated();
                }
            }
            bitBuffer |= blocks.u8(at++) << bitCount;
            bitCount += 8;
            left--;
        }
        int code = bitBuffer & (1 << bits) - 1;
        bitBuffer >>>= bits;
        bitCount -= bits;
        return code;
    }
}
