package dev.brigade.worker.images;

import java.awt.image.BufferedImage;
import java.util.Arrays;

/** Filters a picture along its rows or along its columns. */
final class FilterPass {

    private static final int CHANNELS = RgbPicture.CHANNELS;
    private static final int HALF = 1 << (FilterWeights.BITS - 1);

    private FilterPass() {}

    static BufferedImage horizontal(BufferedImage picture, FilterWeights columns) {
        BufferedImage result = RgbPicture.blank(columns.size(), picture.getHeight());
        byte[] in = RgbPicture.bytes(picture);
        byte[] out = RgbPicture.bytes(result);
        int at = 0;
        for (int y = 0; y < picture.getHeight(); y++) {
            int row = y * picture.getWidth() * CHANNELS;
            for (int x = 0; x < columns.size(); x++) {
                pixel(in, row + columns.firsts()[x] * CHANNELS, columns.weights()[x], out, at);
                at += CHANNELS;
            }
        }
        return result;
    }

    private static void pixel(byte[] in, int from, int[] weights, byte[] out, int at) {
        int blue = HALF;
        int green = HALF;
        int red = HALF;
        int place = from;
        for (int weight : weights) {
            blue += (in[place] & 0xff) * weight;
            green += (in[place + 1] & 0xff) * weight;
            red += (in[place + 2] & 0xff) * weight;
            place += CHANNELS;
        }
        out[at] = clipped(blue);
        out[at + 1] = clipped(green);
        out[at + 2] = clipped(red);
    }

    static BufferedImage vertical(BufferedImage picture, FilterWeights rows) {
        BufferedImage result = RgbPicture.blank(picture.getWidth(), rows.size());
        byte[] in = RgbPicture.bytes(picture);
        byte[] out = RgbPicture.bytes(result);
        int length = picture.getWidth() * CHANNELS;
        int[] sums = new int[length];
        for (int y = 0; y < rows.size(); y++) {
            Arrays.fill(sums, HALF);
            int from = rows.firsts()[y] * length;
            for (int weight : rows.weights()[y]) {
                add(in, from, weight, sums);
                from += length;
            }
            for (int i = 0; i < length; i++) {
                out[y * length + i] = clipped(sums[i]);
            }
        }
        return result;
    }

    private static void add(byte[] in, int from, int weight, int[] sums) {
        for (int i = 0; i < sums.length; i++) {
            sums[i] += (in[from + i] & 0xff) * weight;
        }
    }

    private static byte clipped(int sum) {
        return (byte) Math.clamp(sum >> FilterWeights.BITS, 0, 255);
    }
}
