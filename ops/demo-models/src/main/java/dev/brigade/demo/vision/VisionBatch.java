package dev.brigade.demo.vision;

import dev.brigade.demo.vision.Examples.Example;
import java.util.List;
import java.util.Random;

/** Pictures side by side as the network reads them: each colour from -1 to 1. */
record VisionBatch(float[] pixels, float[] targets, int size) {

    /** As they are. */
    static VisionBatch plain(List<Example> examples, int side) {
        float[] pixels = new float[examples.size() * 3 * side * side];
        float[] targets = new float[examples.size() * 2];
        int at = 0;
        for (int i = 0; i < examples.size(); i++) {
            for (byte value : examples.get(i).pixels()) {
                pixels[at++] = (value & 255) / 127.5f - 1;
            }
            targets[2 * i + examples.get(i).label()] = 1;
        }
        return new VisionBatch(pixels, targets, examples.size());
    }

    /** Each one moved a little, perhaps mirrored, and lit in another way. */
    static VisionBatch varied(List<Example> examples, int side, Random random) {
        float[] pixels = new float[examples.size() * 3 * side * side];
        float[] targets = new float[examples.size() * 2];
        for (int i = 0; i < examples.size(); i++) {
            vary(examples.get(i).pixels(), pixels, i * 3 * side * side, side, random);
            targets[2 * i + examples.get(i).label()] = 1;
        }
        return new VisionBatch(pixels, targets, examples.size());
    }

    private static void vary(byte[] from, float[] onto, int start, int side, Random random) {
        int reach = side / 12;
        int dx = random.nextInt(2 * reach + 1) - reach;
        int dy = random.nextInt(2 * reach + 1) - reach;
        boolean mirrored = random.nextFloat() < 0.3f;
        float contrast = 0.75f + 0.5f * random.nextFloat();
        boolean negative = random.nextFloat() < 0.05f;
        for (int channel = 0; channel < 3; channel++) {
            float shift = 0.16f * (random.nextFloat() - 0.5f);
            int plane = channel * side * side;
            for (int y = 0; y < side; y++) {
                int row = plane + Math.clamp(y + dy, 0, side - 1) * side;
                for (int x = 0; x < side; x++) {
                    int column = Math.clamp((mirrored ? side - 1 - x : x) + dx, 0, side - 1);
                    float value = (from[row + column] & 255) / 127.5f - 1;
                    float lit = (negative ? -value : value) * contrast + shift;
                    onto[start + plane + y * side + x] = Math.clamp(lit, -1f, 1f);
                }
            }
        }
    }
}
