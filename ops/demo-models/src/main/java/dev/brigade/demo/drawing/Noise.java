package dev.brigade.demo.drawing;

/** Smooth noise over the plane: random values at whole points, blended between them. */
final class Noise {

    private static final int SIDE = 64;

    private final float[] values = new float[SIDE * SIDE];

    Noise(Dice dice) {
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) dice.real(0, 1);
        }
    }

    /** A value from 0 to 1 that changes over a distance of about one. */
    float at(double x, double y) {
        int left = (int) Math.floor(x);
        int top = (int) Math.floor(y);
        float fx = soft((float) (x - left));
        float fy = soft((float) (y - top));
        float upper = value(left, top) * (1 - fx) + value(left + 1, top) * fx;
        float lower = value(left, top + 1) * (1 - fx) + value(left + 1, top + 1) * fx;
        return upper * (1 - fy) + lower * fy;
    }

    /** Several octaves, each half as strong and twice as fine as the one before. */
    float layered(double x, double y, int octaves) {
        float sum = 0;
        float weight = 0.5f;
        float weights = 0;
        double scale = 1;
        for (int i = 0; i < octaves; i++) {
            sum += weight * at(x * scale + 17.3 * i, y * scale + 9.1 * i);
            weights += weight;
            weight /= 2;
            scale *= 2;
        }
        return sum / weights;
    }

    private float value(int x, int y) {
        return values[Math.floorMod(y, SIDE) * SIDE + Math.floorMod(x, SIDE)];
    }

    private static float soft(float t) {
        return t * t * (3 - 2 * t);
    }
}
