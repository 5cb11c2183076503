package dev.brigade.demo.drawing;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;

/** Ways to make a picture smaller or larger, as different programs do it. */
final class Scaling {

    private Scaling() {}

    /** Each new pixel is the mean of those that it covers; the nearest one when it covers none. */
    static void averaged(BufferedImage from, BufferedImage onto) {
        int width = onto.getWidth();
        int height = onto.getHeight();
        int[] pixels =
                from.getRGB(0, 0, from.getWidth(), from.getHeight(), null, 0, from.getWidth());
        for (int y = 0; y < height; y++) {
            int top = (int) ((long) y * from.getHeight() / height);
            int bottom = Math.max(top + 1, (int) ((y + 1L) * from.getHeight() / height));
            for (int x = 0; x < width; x++) {
                int left = (int) ((long) x * from.getWidth() / width);
                int right = Math.max(left + 1, (int) ((x + 1L) * from.getWidth() / width));
                onto.setRGB(x, y, mean(pixels, from.getWidth(), left, top, right, bottom));
            }
        }
    }

    private static int mean(int[] pixels, int stride, int left, int top, int right, int bottom) {
        int red = 0;
        int green = 0;
        int blue = 0;
        for (int y = top; y < bottom; y++) {
            for (int x = left; x < right; x++) {
                int rgb = pixels[y * stride + x];
                red += (rgb >> 16) & 255;
                green += (rgb >> 8) & 255;
                blue += rgb & 255;
            }
        }
        int count = (right - left) * (bottom - top);
        return (red / count) << 16 | (green / count) << 8 | blue / count;
    }

    /** The four neighbours blended, however much smaller the new picture is. */
    static BufferedImage interpolated(BufferedImage from, int width, int height, Object hint) {
        BufferedImage onto = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = onto.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, hint);
        graphics.drawImage(from, 0, 0, width, height, null);
        graphics.dispose();
        return onto;
    }
}
