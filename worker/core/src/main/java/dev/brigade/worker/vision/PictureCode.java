package dev.brigade.worker.vision;

import dev.brigade.worker.backend.Picture;
import dev.brigade.worker.images.PictureInput.Size;
import dev.brigade.worker.images.Resampling;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.Set;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * Encodes pictures for a model that is asked in words: drawings of few colours as PNG, all others
 * as JPEG.
 */
final class PictureCode {

    /** From this length on, in pixels, the longest edge is made as long as this. */
    static final int LONGEST_EDGE = 1024;

    private static final int FEW_COLOURS = 256;
    private static final float QUALITY = 0.92f;

    private PictureCode() {}

    static Picture of(BufferedImage picture, boolean resize) {
        BufferedImage sized = resize ? smaller(picture) : picture;
        return hasFewColours(sized)
                ? new Picture("image/png", encoded(sized, "png"))
                : new Picture("image/jpeg", encoded(sized, "jpeg"));
    }

    private static BufferedImage smaller(BufferedImage picture) {
        Size size = Size.within(LONGEST_EDGE, new Size(picture.getWidth(), picture.getHeight()));
        return Resampling.BICUBIC.resize(picture, size.width(), size.height());
    }

    private static boolean hasFewColours(BufferedImage picture) {
        Set<Integer> colours = new HashSet<>();
        int[] row = new int[picture.getWidth()];
        for (int y = 0; y < picture.getHeight(); y++) {
            picture.getRGB(0, y, row.length, 1, row, 0, row.length);
            for (int colour : row) {
                if (colours.add(colour) && colours.size() > FEW_COLOURS) {
                    return false;
                }
            }
        }
        return true;
    }

    private static byte[] encoded(BufferedImage picture, String format) {
        ImageWriter writer = ImageIO.getImageWritersByFormatName(format).next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            ImageWriteParam how = writer.getDefaultWriteParam();
            if (format.equals("jpeg")) {
                how.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
                how.setCompressionQuality(QUALITY);
            }
            writer.setOutput(out);
            writer.write(null, new IIOImage(picture, null, null), how);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }
}
