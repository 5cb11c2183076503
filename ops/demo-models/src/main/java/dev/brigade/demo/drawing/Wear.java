package dev.brigade.demo.drawing;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;

/** What happens to pictures on their way: cut, turned, scaled, noisy, paled, pressed as JPEG. */
final class Wear {

    private Wear() {}

    static BufferedImage worn(BufferedImage fresh, Dice dice) {
        BufferedImage image = fresh;
        if (dice.chance(0.3)) {
            image = cropped(image, dice);
        }
        if (dice.chance(0.15)) {
            image = turned(image, dice);
        }
        if (dice.chance(0.2)) {
            double scale = dice.real(0.4, 0.9);
            int width = Math.max(32, (int) (image.getWidth() * scale));
            int height = Math.max(32, (int) (image.getHeight() * scale));
            image =
                    Scaling.interpolated(
                            image, width, height, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        }
        if (dice.chance(0.35)) {
            relit(image, dice);
        }
        if (dice.chance(0.3)) {
            image = pressed(image, dice);
        }
        return image;
    }

    private static BufferedImage cropped(BufferedImage image, Dice dice) {
        int width = (int) (image.getWidth() * dice.real(0.6, 0.98));
        int height = (int) (image.getHeight() * dice.real(0.6, 0.98));
        int x = dice.between(0, image.getWidth() - width);
        int y = dice.between(0, image.getHeight() - height);
        BufferedImage part = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = part.createGraphics();
        graphics.drawImage(image, -x, -y, null);
        graphics.dispose();
        return part;
    }

    private static BufferedImage turned(BufferedImage image, Dice dice) {
        int width = image.getWidth();
        int height = image.getHeight();
        BufferedImage onto = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = onto.createGraphics();
        graphics.setColor(dice.chance(0.5) ? new Color(image.getRGB(0, 0)) : Palette.any(dice));
        graphics.fillRect(0, 0, width, height);
        graphics.setRenderingHint(
                RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        graphics.drawImage(
                image,
                AffineTransform.getRotateInstance(
                        Math.toRadians(dice.gaussian() * 4), width / 2.0, height / 2.0),
                null);
        graphics.dispose();
        return onto;
    }

    /** Other contrast, brightness and tint, and the noise of a sensor. */
    private static void relit(BufferedImage image, Dice dice) {
        int[] pixels = ((DataBufferInt) image.getRaster().getDataBuffer()).getData();
        double contrast = dice.real(0.65, 1.15);
        double shift = dice.real(-25, 25);
        double[] tint = {dice.real(0.92, 1.05), dice.real(0.94, 1.05), dice.real(0.9, 1.05)};
        double noise = dice.chance(0.5) ? dice.real(0, 12) : 0;
        for (int i = 0; i < pixels.length; i++) {
            double grain = noise > 0 ? noise * dice.gaussian() : 0;
            int rgb = 0;
            for (int channel = 0; channel < 3; channel++) {
                int value = (pixels[i] >> (16 - 8 * channel)) & 255;
                double lit = ((value - 128) * contrast + 128 + shift) * tint[channel] + grain;
                rgb = rgb << 8 | (int) Math.clamp(lit, 0, 255);
            }
            pixels[i] = rgb;
        }
    }

    private static BufferedImage pressed(BufferedImage image, Dice dice) {
        try {
            byte[] jpeg = Jpeg.encoded(image, (float) dice.real(0.2, 0.9));
            BufferedImage read = ImageIO.read(new ByteArrayInputStream(jpeg));
            BufferedImage plain =
                    new BufferedImage(
                            read.getWidth(), read.getHeight(), BufferedImage.TYPE_INT_RGB);
            Graphics2D graphics = plain.createGraphics();
            graphics.drawImage(read, 0, 0, null);
            graphics.dispose();
            return plain;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
