package dev.brigade.worker.images.vp8l;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/** Decodes one lossless picture. */
public final class Vp8lDecoder {

    /** Memory that decoding takes for each pixel, beside input and output. */
    public static final int BYTES_PER_PIXEL = 8;

    private static final int DIFFERENCES = 0;
    private static final int CROSS_COLOURS = 1;
    private static final int LESS_GREEN = 2;
    private static final int KINDS = 4;

    private final Bits bits;
    private final int width;
    private final int height;

    /** Width of the pixels as they are coded. */
    private int codedWidth;

    private final Deque<Undo> changes = new ArrayDeque<>();

    private Vp8lDecoder(byte[] bytes, int from, int end, int width, int height) {
        this.bits = new Bits(bytes, from, end);
        this.width = width;
        this.height = height;
        this.codedWidth = width;
    }

    /**
     * Decodes a picture without its header of 5 bytes, which says no more than the size, that the
     * caller knows and has checked.
     *
     * @return alpha, red, green and blue of each pixel, row by row
     * @throws IOException when the picture is damaged or ends early
     * @throws InterruptedIOException when the thread was interrupted
     */
    public static int[] decode(byte[] bytes, int from, int end, int width, int height)
            throws IOException {
        return new Vp8lDecoder(bytes, from, end, width, height).decode();
    }

    private int[] decode() throws IOException {
        boolean[] seen = new boolean[KINDS];
        while (bits.flag()) {
            int kind = bits.number(2);
            if (seen[kind]) {
                throw new IOException("the same change twice");
            }
            seen[kind] = true;
            changes.push(change(kind));
        }
        int[] argb = Pixels.read(bits, codedWidth, height, true);
        for (Undo change : changes) {
            argb = change.undo(argb);
        }
        return argb;
    }

    private Undo change(int kind) throws IOException {
        return switch (kind) {
            case DIFFERENCES -> {
                int blockBits = bits.number(3) + 2;
                yield new Differences(codedWidth, blockBits, blocks(blockBits));
            }
            case CROSS_COLOURS -> {
                int blockBits = bits.number(3) + 2;
                yield new CrossColours(codedWidth, blockBits, blocks(blockBits));
            }
            case LESS_GREEN -> Vp8lDecoder::addGreen;
            default -> palette();
        };
    }

    private int[] blocks(int blockBits) throws IOException {
        return Pixels.read(
                bits,
                Pixels.blocks(codedWidth, blockBits),
                Pixels.blocks(height, blockBits),
                false);
    }

    private Palette palette() throws IOException {
        int count = bits.number(8) + 1;
        int packing = count > 16 ? 0 : count > 4 ? 1 : count > 2 ? 2 : 3;
        int[] differences = Pixels.read(bits, count, 1, false);
        int[] colours = Arrays.copyOf(differences, 1 << (8 >> packing));
        for (int i = 1; i < count; i++) {
            int odd = (colours[i] & 0xff00ff00) + (colours[i - 1] & 0xff00ff00);
            int even = (colours[i] & 0x00ff00ff) + (colours[i - 1] & 0x00ff00ff);
            colours[i] = (odd & 0xff00ff00) | (even & 0x00ff00ff);
        }
        codedWidth = Pixels.blocks(width, packing);
        return new Palette(width, height, packing, colours);
    }

    private static int[] addGreen(int[] argb) {
        for (int i = 0; i < argb.length; i++) {
            int green = argb[i] >> 8 & 0xff;
            int rest = (argb[i] & 0x00ff00ff) + (green << 16 | green);
            argb[i] = (argb[i] & 0xff00ff00) | (rest & 0x00ff00ff);
        }
        return argb;
    }
}
