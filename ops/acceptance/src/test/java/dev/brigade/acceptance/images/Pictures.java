package dev.brigade.acceptance.images;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;

/** Encoded pictures: light ones, which test models call technical, dark ones, and broken ones. */
final class Pictures {

    private static final int SIDE = 24;

    private Pictures() {}

    static byte[] light() {
        return encoded(plain(Color.WHITE), "png");
    }

    static byte[] dark() {
        return encoded(plain(Color.BLACK), "png");
    }

    /** Light where the number is even. */
    static byte[] numbered(int number) {
        return number % 2 == 0 ? light() : dark();
    }

    /** The label that {@link #numbered} leads to. */
    static String labelOf(int number) {
        return number % 2 == 0 ? "technical" : "discard";
    }

    static byte[] jpeg() {
        return encoded(plain(Color.WHITE), "jpg");
    }

    /** A light picture of noise, which no format makes much smaller. */
    static byte[] noisy(int side, long seed) {
        Random random = new Random(seed);
        BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < side; y++) {
            for (int x = 0; x < side; x++) {
                image.setRGB(x, y, 0xC0C0C0 | random.nextInt(0x1000000));
            }
        }
        return encoded(image, "png");
    }

    /** The first half of a picture whose header is whole. */
    static byte[] truncated() {
        byte[] whole = noisy(64, 1);
        return java.util.Arrays.copyOf(whole, whole.length / 2);
    }

    /** A PNG that says in its header that it has these sides. */
    static byte[] claiming(int width, int height) {
        byte[] png = light();
        ByteBuffer header = ByteBuffer.wrap(png);
        header.putInt(16, width).putInt(20, height);
        CRC32 checksum = new CRC32();
        checksum.update(png, 12, 17);
        header.putInt(29, (int) checksum.getValue());
        return png;
    }

    /** A GIF of so many frames of one pixel. */
    static byte[] frames(int count) {
        ByteArrayOutputStream gif = new ByteArrayOutputStream();
        gif.writeBytes("GIF89a".getBytes(StandardCharsets.US_ASCII));
        gif.writeBytes(new byte[] {1, 0, 1, 0, (byte) 0x80, 0, 0, -1, -1, -1, 0, 0, 0});
        for (int i = 0; i < count; i++) {
            gif.writeBytes(new byte[] {0x2C, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0});
        }
        gif.write(0x3B);
        return gif.toByteArray();
    }

    static byte[] svg() {
        return "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"/>"
                .getBytes(StandardCharsets.UTF_8);
    }

    /** Writes {@code 0000.png} and so on, light and dark by turns; their paths below the root. */
    static List<String> numbered(Path root, String folder, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> write(root, "%s/%04d.png".formatted(folder, i), numbered(i)))
                .toList();
    }

    /** Writes a file below a root; its path there. */
    static String write(Path root, String path, byte[] bytes) {
        try {
            Path file = root.resolve(path);
            Files.createDirectories(file.getParent());
            Files.write(file, bytes);
            return path;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static BufferedImage plain(Color colour) {
        BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(colour);
        graphics.fillRect(0, 0, SIDE, SIDE);
        graphics.dispose();
        return image;
    }

    private static byte[] encoded(BufferedImage image, String format) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, format, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
