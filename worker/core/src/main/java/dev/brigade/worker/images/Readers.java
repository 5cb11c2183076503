package dev.brigade.worker.images;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;

/** Runs the decoders of the Java platform and its plug-ins. */
final class Readers {

    /** Warnings of the JPEG decoder after which a part of the picture is made up. */
    private static final List<String> DAMAGE =
            List.of("remature end", "bad Huffman", "found marker", "Unsupported marker");

    private Readers() {}

    /** What a reader does. */
    @FunctionalInterface
    interface Reading<T> {
        T read(ImageReader reader) throws IOException;
    }

    /** Reads the only picture of some bytes with the platform's reader of a format. */
    static BufferedImage read(ImageFormat format, ByteView bytes)
            throws ImageFault, InterruptedException {
        return use(named(format), bytes, reader -> reader.read(0));
    }

    /** The platform's reader of a format. */
    static ImageReader named(ImageFormat format) {
        return ImageIO.getImageReadersByFormatName(format.name()).next();
    }

    /**
     * Runs a reader over some bytes. All that decoders throw at bad input, which is more than they
     * declare, is the one fault that the image is damaged.
     */
    static <T> T use(ImageReader reader, ByteView bytes, Reading<T> reading)
            throws ImageFault, InterruptedException {
        AtomicBoolean damaged = new AtomicBoolean();
        try (ByteInput input = new ByteInput(bytes)) {
            reader.setInput(input, true, true);
            reader.addIIOReadWarningListener((source, warning) -> {
                if (DAMAGE.stream().anyMatch(warning::contains)) {
                    damaged.set(true);
                }
            });
            T result = reading.read(reader);
            if (damaged.get()) {
                throw ImageFault.truncated();
            }
            return result;
        } catch (IOException | RuntimeException e) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            throw ImageFault.truncated();
        } finally {
            reader.dispose();
        }
    }
}
