package dev.brigade.worker.images.vp8l;

/**
 * Pixels are differences from a guess by their neighbours.
 *
 * @param width of the picture
 * @param bits 2 to the power of these is the edge of a block
 * @param blocks of each block, in green, how is guessed
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Differences(int width, int bits, int[] blocks) implements Undo {

    private static final int BLACK = 0xff000000;

    @Override
    public int[] undo(int[] argb) {
        int across = Pixels.blocks(width, bits);
        for (int at = 0; at < argb.length; at++) {
            int x = at % width;
            int y = at / width;
            int guess;
            if (y == 0) {
                guess = x == 0 ? BLACK : argb[at - 1];
            } else if (x == 0) {
                guess = argb[at - width];
            } else {
                int mode = blocks[(y >> bits) * across + (x >> bits)] >> 8 & 0xf;
                guess = guess(mode, argb, at);
            }
            argb[at] = sum(argb[at], guess);
        }
        return argb;
    }

    /** The last pixel of a row has the first of its own row as right neighbour above. */
    private int guess(int mode, int[] argb, int at) {
        int left = argb[at - 1];
        int above = argb[at - width];
        int corner = argb[at - width - 1];
        int right = argb[at - width + 1];
        return switch (mode) {
            case 1 -> left;
            case 2 -> above;
            case 3 -> right;
            case 4 -> corner;
            case 5 -> average(average(left, right), above);
            case 6 -> average(left, corner);
            case 7 -> average(left, above);
            case 8 -> average(corner, above);
            case 9 -> average(above, right);
            case 10 -> average(average(left, corner), average(above, right));
            case 11 -> nearer(left, above, corner);
            case 12 -> gradient(left, above, corner);
            case 13 -> halfGradient(average(left, above), corner);
            default -> BLACK;
        };
    }

    /** Of each channel, without carrying over. */
    private static int sum(int one, int other) {
        int odd = (one & 0xff00ff00) + (other & 0xff00ff00);
        int even = (one & 0x00ff00ff) + (other & 0x00ff00ff);
        return (odd & 0xff00ff00) | (even & 0x00ff00ff);
    }

    private static int average(int one, int other) {
        return (((one ^ other) & 0xfefefefe) >>> 1) + (one & other);
    }

    private static int nearer(int left, int above, int corner) {
        int toLeft = 0;
        int toAbove = 0;
        for (int shift = 0; shift < 32; shift += 8) {
            int c = corner >> shift & 0xff;
            toLeft += Math.abs((above >> shift & 0xff) - c);
            toAbove += Math.abs((left >> shift & 0xff) - c);
        }
        return toLeft < toAbove ? left : above;
    }

    private static int gradient(int left, int above, int corner) {
        int result = 0;
        for (int shift = 0; shift < 32; shift += 8) {
            int value = (left >> shift & 0xff) + (above >> shift & 0xff) - (corner >> shift & 0xff);
            result |= Math.clamp(value, 0, 255) << shift;
        }
        return result;
    }

    private static int halfGradient(int average, int corner) {
        int result = 0;
        for (int shift = 0; shift < 32; shift += 8) {
            int a = average >> shift & 0xff;
            int value = a + (a - (corner >> shift & 0xff)) / 2;
            result |= Math.clamp(value, 0, 255) << shift;
        }
        return result;
    }
}
