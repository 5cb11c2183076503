package dev.brigade.worker.images.vp8;

import java.util.Arrays;

/** Guesses a block from its neighbours above and to the left (RFC 6386, section 12). */
final class Prediction {

    /** Modes of a whole block, and what they are for 4 x 4 ones. */
    static final int DC = 0;

    static final int TRUE_MOTION = 1;
    static final int VERTICAL = 2;
    static final int HORIZONTAL = 3;

    /** Each 4 x 4 block has a mode of its own. */
    static final int SMALL = 4;

    private static final int LEFT_DOWN = 4;
    private static final int RIGHT_DOWN = 5;
    private static final int VERTICAL_RIGHT = 6;
    private static final int VERTICAL_LEFT = 7;
    private static final int HORIZONTAL_DOWN = 8;

    /** Place of the sample above and to the left among the neighbours of a 4 x 4 block. */
    private static final int CORNER = 4;

    private static final int GREY = 128;

    private Prediction() {}

    /**
     * A block of 16 or 8 samples in each direction.
     *
     * @param above whether there are samples above
     * @param left whether there are samples to the left
     */
    static void whole(int mode, Plane plane, int place, int size, boolean above, boolean left) {
        switch (mode) {
            case DC -> fill(plane, place, size, average(plane, place, size, above, left));
            case TRUE_MOTION -> motion(plane, place, size);
            case VERTICAL -> {
                for (int y = 0; y < size; y++) {
                    System.arraycopy(
                            plane.samples,
                            place - plane.stride,
                            plane.samples,
                            place + y * plane.stride,
                            size);
                }
            }
            default -> {
                for (int y = 0; y < size; y++) {
                    int row = place + y * plane.stride;
                    Arrays.fill(plane.samples, row, row + size, plane.samples[row - 1]);
                }
            }
        }
    }

    private static int average(Plane plane, int place, int size, boolean above, boolean left) {
        if (!above && !left) {
            return GREY;
        }
        int sum = 0;
        for (int i = 0; i < size; i++) {
            sum += above ? plane.get(place - plane.stride + i) : 0;
            sum += left ? plane.get(place - 1 + i * plane.stride) : 0;
        }
        int count = above && left ? 2 * size : size;
        return (sum + count / 2) / count;
    }

    private static void fill(Plane plane, int place, int size, int value) {
        for (int y = 0; y < size; y++) {
            for (int x = 0; x < size; x++) {
                plane.set(place + y * plane.stride + x, value);
            }
        }
    }

    private static void motion(Plane plane, int place, int size) {
        int above = place - plane.stride;
        int corner = plane.get(above - 1);
        for (int y = 0; y < size; y++) {
            int row = place + y * plane.stride;
            int left = plane.get(row - 1) - corner;
            for (int x = 0; x < size; x++) {
                plane.set(row + x, left + plane.get(above + x));
            }
        }
    }

    /**
     * A block of 4 x 4.
     *
     * @param rightAbove place of the four samples above and to the right
     */
    static void small(int mode, Plane plane, int place, int rightAbove) {
        switch (mode) {
            case DC -> fill(plane, place, 4, average(plane, place, 4, true, true));
            case TRUE_MOTION -> motion(plane, place, 4);
            default -> {
                int[] edge = edge(plane, place, rightAbove);
                for (int y = 0; y < 4; y++) {
                    for (int x = 0; x < 4; x++) {
                        plane.set(place + y * plane.stride + x, directed(mode, edge, x, y));
                    }
                }
            }
        }
    }

    /** Neighbours from the lowest on the left over the corner to the last on the right. */
    private static int[] edge(Plane plane, int place, int rightAbove) {
        int[] edge = new int[13];
        for (int i = 0; i < 4; i++) {
            edge[3 - i] = plane.get(place - 1 + i * plane.stride);
            edge[CORNER + 1 + i] = plane.get(place - plane.stride + i);
            edge[CORNER + 5 + i] = plane.get(rightAbove + i);
        }
        edge[CORNER] = plane.get(place - plane.stride - 1);
        return edge;
    }

    private static int directed(int mode, int[] e, int x, int y) {
        return switch (mode) {
            case VERTICAL -> three(e, CORNER + 1 + x);
            case HORIZONTAL -> three(e, 3 - y);
            case LEFT_DOWN -> three(e, CORNER + 2 + x + y);
            case RIGHT_DOWN -> three(e, CORNER + x - y);
            case VERTICAL_RIGHT -> verticalRight(e, x, y);
            case VERTICAL_LEFT -> verticalLeft(e, x, y);
            case HORIZONTAL_DOWN -> horizontalDown(e, x, y);
            default -> horizontalUp(e, x, y);
        };
    }

    private static int verticalRight(int[] e, int x, int y) {
        int along = 2 * x - y;
        if (along < 0) {
            return along == -1 ? three(e, CORNER) : three(e, CORNER + 1 + along);
        }
        return y % 2 == 0 ? two(e, CORNER + along / 2) : three(e, CORNER + (along + 1) / 2);
    }

    private static int verticalLeft(int[] e, int x, int y) {
        if (x == 3 && y >= 2) {
            return three(e, CORNER + 4 + y); // the two that do not fit the rule
        }
        int first = CORNER + 1 + x + y / 2;
        return y % 2 == 0 ? two(e, first) : three(e, first + 1);
    }

    private static int horizontalDown(int[] e, int x, int y) {
        int along = 2 * y - x;
        if (along < 0) {
            return along == -1 ? three(e, CORNER) : three(e, CORNER - 1 - along);
        }
        return x % 2 == 0 ? two(e, CORNER - 1 - along / 2) : three(e, CORNER - (along + 1) / 2);
    }

    private static int horizontalUp(int[] e, int x, int y) {
        int along = x + 2 * y;
        if (along > 5) {
            return e[0];
        }
        int first = 3 - along / 2;
        return along % 2 == 0 ? two(e, first - 1) : three(e, first - 1);
    }

    /** Average of two neighbours, from a place on. */
    private static int two(int[] e, int from) {
        return (e[from] + e[from + 1] + 1) >> 1;
    }

    /** Average of three neighbours, of which the one in the middle counts twice. */
    private static int three(int[] e, int middle) {
        int before = e[Math.max(0, middle - 1)];
        int after = e[Math.min(e.length - 1, middle + 1)];
        return (before + 2 * e[middle] + after + 2) >> 2;
    }
}
