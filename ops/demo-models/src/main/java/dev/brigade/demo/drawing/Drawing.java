package dev.brigade.demo.drawing;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;

/**
 * One drawn picture.
 *
 * @param image red, green and blue, without transparency
 */
public record Drawing(Kind kind, BufferedImage image) {

    private static final int MEAN_SIDE = 430;

    /**
     * Draws a picture of a kind; the same seed gives the same picture on a machine with the same
     * fonts. Sizes differ: about 160 kilopixels in the mean, wide, square and tall.
     */
    public static Drawing of(Kind kind, long seed) {
        return of(kind, seed, MEAN_SIDE);
    }

    /** The same with another mean side, which is another picture. */
    static Drawing of(Kind kind, long seed, int meanSide) {
        Dice dice = new Dice(seed * 131 + kind.text().hashCode());
        double aspect = Math.exp(dice.gaussian() * 0.35);
        double side = meanSide * dice.real(0.45, 1.4);
        int width = (int) Math.clamp(side * Math.sqrt(aspect), 96, 900);
        int height = (int) Math.clamp(side / Math.sqrt(aspect), 96, 900);
        Canvas canvas = new Canvas(width, height, dice);
        kind.paint(canvas);
        canvas.graphics.dispose();
        return new Drawing(kind, Wear.worn(canvas.image, dice));
    }

    /** The same, made smaller if a side is longer than that. */
    public Drawing within(int longest) {
        int side = Math.max(image.getWidth(), image.getHeight());
        if (side <= longest) {
            return this;
        }
        int width = Math.max(1, (int) ((long) image.getWidth() * longest / side));
        int height = Math.max(1, (int) ((long) image.getHeight() * longest / side));
        BufferedImage onto = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Scaling.averaged(image, onto);
        return new Drawing(kind, onto);
    }

    /** As a PNG file. */
    public byte[] png() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /**
     * As a JPEG file.
     *
     * @param quality from 0, small, to 1, good
     */
    public byte[] jpeg(float quality) {
        try {
            return Jpeg.encoded(image, quality);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
