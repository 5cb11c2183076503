package dev.brigade.worker.images;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Makes image files, good and bad. */
final class ImageFiles {

    private ImageFiles() {}

    /** Red grows to the right, green downwards, with a block of one colour. */
    static BufferedImage picture(int width, int height) {
        BufferedImage picture = RgbPicture.blank(width, height);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                boolean block = x > width / 2 && y > height / 2;
                int rgb = (x * 255 / width) << 16 | (y * 255 / height) << 8 | 90;
                picture.setRGB(x, y, block ? 0x14dc28 : rgb);
            }
        }
        return picture;
    }

    static byte[] encoded(String format, BufferedImage picture) {
        return written(format, writer -> writer.write(picture));
    }

    static byte[] png() {
        return encoded("png", picture(40, 30));
    }

    static byte[] jpeg() {
        return encoded("jpeg", picture(40, 30));
    }

    static byte[] progressiveJpeg(BufferedImage picture) {
        return written(
                "jpeg",
                writer -> {
                    ImageWriteParam how = writer.getDefaultWriteParam();
                    how.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
                    writer.write(null, new IIOImage(picture, null, null), how);
                });
    }

    /** A GIF of several frames, each as large as the first. */
    static byte[] animatedGif(int frames) {
        return written(
                "gif",
                writer -> {
                    writer.prepareWriteSequence(null);
                    for (int i = 0; i < frames; i++) {
                        writer.writeToSequence(
                                new IIOImage(indexed(picture(8, 6)), null, null), null);
                    }
                    writer.endWriteSequence();
                });
    }

    static BufferedImage indexed(BufferedImage picture) {
        BufferedImage indexed =
                new BufferedImage(
                        picture.getWidth(), picture.getHeight(), BufferedImage.TYPE_BYTE_INDEXED);
        for (int y = 0; y < picture.getHeight(); y++) {
            for (int x = 0; x < picture.getWidth(); x++) {
                indexed.setRGB(x, y, picture.getRGB(x, y));
            }
        }
        return indexed;
    }

    /** Samples of 8 bits without any meaning, as a JPEG of as many components. */
    static byte[] jpegOfSamples(int bands, int... pixel) {
        WritableRaster raster =
                Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, 16, 16, bands, null);
        for (int y = 0; y < 16; y++) {
            for (int x = 0; x < 16; x++) {
                raster.setPixel(x, y, pixel);
            }
        }
        return written(
                "jpeg",
                writer -> {
                    ImageWriteParam how = writer.getDefaultWriteParam();
                    how.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
                    how.setCompressionQuality(1);
                    writer.write(null, new IIOImage(raster, null, null), how);
                });
    }

    /** A JPEG with an Adobe marker and without a JFIF one. */
    static byte[] withAdobe(byte[] jpeg, int transform) {
        byte[] marker = {
            -1, (byte) 0xee, 0, 14, 'A', 'd', 'o', 'b', 'e', 0, 100, 0, 0, 0, 0, (byte) transform
        };
        return inserted(withoutMetadata(jpeg), 2, marker);
    }

    static byte[] withExif(byte[] jpeg, int orientation) {
        return inserted(jpeg, 2, segment(0xe1, joined(text("Exif\0\0"), exif(orientation))));
    }

    static byte[] segment(int marker, byte[] content) {
        int length = content.length + 2;
        return joined(new byte[] {-1, (byte) marker, (byte) (length >> 8), (byte) length}, content);
    }

    /** Without any segment of an application. */
    static byte[] withoutMetadata(byte[] jpeg) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(jpeg, 0, 2);
        int at = 2;
        while ((jpeg[at + 1] & 0xff) != 0xda) {
            int end = at + 2 + ((jpeg[at + 2] & 0xff) << 8 | (jpeg[at + 3] & 0xff));
            if ((jpeg[at + 1] & 0xf0) != 0xe0) {
                out.write(jpeg, at, end - at);
            }
            at = end;
        }
        out.write(jpeg, at, jpeg.length - at);
        return out.toByteArray();
    }

    /** The smallest Exif structure that says an orientation. */
    static byte[] exif(int orientation) {
        return ByteBuffer.allocate(26)
                .put(text("MM\0*"))
                .putInt(8)
                .putShort((short) 1)
                .putShort((short) 274)
                .putShort((short) 3)
                .putInt(1)
                .putShort((short) orientation)
                .putShort((short) 0)
                .putInt(0)
                .array();
    }

    /** A PNG of a size that says so and has next to no data. */
    static byte[] pngOfSize(int width, int height) {
        byte[] header =
                ByteBuffer.allocate(13)
                        .putInt(width)
                        .putInt(height)
                        .put(new byte[] {8, 2, 0, 0, 0})
                        .array();
        return joined(
                text("\u0089PNG\r\n\u001a\n"),
                chunk("IHDR", header),
                chunk("IDAT", deflated(new byte[1000])),
                chunk("IEND", new byte[0]));
    }

    static byte[] chunk(String type, byte[] content) {
        byte[] named = joined(text(type), content);
        CRC32 sum = new CRC32();
        sum.update(named);
        return ByteBuffer.allocate(named.length + 8)
                .putInt(content.length)
                .put(named)
                .putInt((int) sum.getValue())
                .array();
    }

    /** A PNG with one more chunk behind its header. */
    static byte[] withChunk(byte[] png, String type, byte[] content) {
        return inserted(png, 33, chunk(type, content));
    }

    static byte[] deflated(byte[] bytes) {
        Deflater deflater = new Deflater();
        deflater.setInput(bytes);
        deflater.finish();
        byte[] out = new byte[bytes.length / 100 + 1000];
        int length = deflater.deflate(out);
        deflater.end();
        return Arrays.copyOf(out, length);
    }

    static byte[] inserted(byte[] bytes, int at, byte[] more) {
        return joined(Arrays.copyOf(bytes, at), more, Arrays.copyOfRange(bytes, at, bytes.length));
    }

    static byte[] cut(byte[] bytes, int atEnd) {
        return Arrays.copyOf(bytes, bytes.length - atEnd);
    }

    static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    /** One byte for each character. */
    static byte[] text(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    static byte[] base64(String... lines) {
        return Base64.getDecoder().decode(String.join("", List.of(lines)));
    }

    private interface Writing {
        void write(ImageWriter writer) throws IOException;
    }

    private static byte[] written(String format, Writing writing) {
        ImageWriter writer = ImageIO.getImageWritersByFormatName(format).next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            writer.setOutput(out);
            writing.write(writer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }
}
