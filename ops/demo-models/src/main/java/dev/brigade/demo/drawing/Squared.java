package dev.brigade.demo.drawing;

import java.awt.RenderingHints;
import java.awt.image.BufferedImage;

/** A drawing made smaller to a square, in one of the ways in which programs do that. */
public final class Squared {

    private Squared() {}

    /** Bytes of red, then of green, then of blue, row by row. */
    public static byte[] planes(Drawing drawing, int side, long seed) {
        BufferedImage image = squared(drawing.image(), side, new Dice(seed));
        int[] pixels = image.getRGB(0, 0, side, side, null, 0, side);
        byte[] planes = new byte[3 * pixels.length];
        for (int i = 0; i < pixels.length; i++) {
            planes[i] = (byte) (pixels[i] >> 16);
            planes[pixels.length + i] = (byte) (pixels[i] >> 8);
            planes[2 * pixels.length + i] = (byte) pixels[i];
        }
        return planes;
    }

    private static BufferedImage squared(BufferedImage image, int side, Dice dice) {
        if (dice.chance(0.5)) {
            BufferedImage onto = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
            Scaling.averaged(image, onto);
            return onto;
        }
        Object hint =
                dice.chance(0.7)
                        ? RenderingHints.VALUE_INTERPOLATION_BILINEAR
                        : RenderingHints.VALUE_INTERPOLATION_BICUBIC;
        return Scaling.interpolated(image, side, side, hint);
    }
}
