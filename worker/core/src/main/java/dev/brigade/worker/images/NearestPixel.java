package dev.brigade.worker.images;

import java.awt.image.BufferedImage;

/** Takes for each new pixel the nearest one. */
final class NearestPixel {

    private NearestPixel() {}

    static BufferedImage resize(BufferedImage picture, int width, int height) {
        BufferedImage result = RgbPicture.blank(width, height);
        byte[] in = RgbPicture.bytes(picture);
        byte[] out = RgbPicture.bytes(result);
        int[] columns = nearest(picture.getWidth(), width);
        int at = 0;
        for (int row : nearest(picture.getHeight(), height)) {
            for (int column : columns) {
                int from = (row * picture.getWidth() + column) * RgbPicture.CHANNELS;
                out[at++] = in[from];
                out[at++] = in[from + 1];
                out[at++] = in[from + 2];
            }
        }
        return result;
    }

    /** Summed up step by step, as Pillow does, which decides between two that are equally near. */
    private static int[] nearest(int from, int to) {
        int[] places = new int[to];
        double step = (double) from / to;
        double at = step / 2;
        for (int i = 0; i < to; i++) {
            places[i] = Math.min(from - 1, (int) at);
            at += step;
        }
        return places;
    }
}
