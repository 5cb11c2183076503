package dev.brigade.worker.deterministic;

import dev.brigade.worker.backend.Picture;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.ImageIO;

/** What this backend sees of a picture: which of eight colours it is on average, and its size. */
final class Shade {

    private static final String[] COLOURS = {
        "black", "blue", "green", "cyan", "red", "magenta", "yellow", "white"
    };

    private Shade() {}

    /** Such as {@code red picture of 640x480}. */
    static String of(BufferedImage picture) {
        int mean = mean(picture);
        int bits = (mean >> 21 & 4) | (mean >> 14 & 2) | (mean >> 7 & 1);
        return "%s picture of %dx%d"
                .formatted(COLOURS[bits], picture.getWidth(), picture.getHeight());
    }

    static String of(Picture picture) {
        try {
            BufferedImage decoded = ImageIO.read(new ByteArrayInputStream(picture.bytes()));
            return decoded == null ? "unreadable picture" : of(decoded);
        } catch (IOException e) {
            return "unreadable picture";
        }
    }

    /** Whether it is light rather than dark. */
    static boolean isLight(String shade) {
        return shade.startsWith("white")
                || shade.startsWith("yellow")
                || shade.startsWith("cyan")
                || shade.startsWith("green");
    }

    private static int mean(BufferedImage picture) {
        int size = 16;
        BufferedImage small = new BufferedImage(size, size, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = small.createGraphics();
        graphics.setRenderingHint(
                RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        graphics.drawImage(picture, 0, 0, size, size, null);
        graphics.dispose();
        long red = 0;
        long green = 0;
        long blue = 0;
        for (int rgb : small.getRGB(0, 0, size, size, null, 0, size)) {
            red += rgb >> 16 & 0xFF;
            green += rgb >> 8 & 0xFF;
            blue += rgb & 0xFF;
        }
        int count = size * size;
        return (int) (red / count) << 16 | (int) (green / count) << 8 | (int) (blue / count);
    }
}
