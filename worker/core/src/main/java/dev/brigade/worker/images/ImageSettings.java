package dev.brigade.worker.images;

import dev.brigade.contract.error.ErrorCode;
import java.nio.file.Path;
import java.util.List;

/**
 * What images a worker reads.
 *
 * @param roots folders below which images may be read by path, absolute; none by default
 * @param maxPixels most pixels of an image, told from its header before it is decoded
 * @param maxFrames most frames of an image, of which the first is looked at
 * @param maxBytes largest encoded image, in bytes
 * @param checkExtension whether a file's name must not say another format than its content
 * @param decoders threads that read, check, decode and prepare images
 */
public record ImageSettings(
        List<Path> roots,
        long maxPixels,
        int maxFrames,
        int maxBytes,
        boolean checkExtension,
        int decoders) {

    private static final String PREFIX = "brigade.worker.images.";

    public ImageSettings {
        roots = List.copyOf(roots);
        for (Path root : roots) {
            if (!root.isAbsolute()) {
                throw new IllegalArgumentException(
                        PREFIX
                                + "roots must be absolute folders, and "
                                + root
                                + " is not absolute");
            }
        }
        within("max-pixels", maxPixels, 1, 500_000_000);
        within("max-frames", maxFrames, 1, 10_000);
        within("max-bytes", maxBytes, 1, 256 << 20);
        within("decoders", decoders, 1, 256);
    }

    /** No roots; 50 megapixels, 64 frames, 32 MiB; one decoder per core, at least two. */
    public static ImageSettings defaults() {
        return new ImageSettings(
                List.of(),
                50_000_000,
                64,
                32 << 20,
                true,
                Math.max(2, Runtime.getRuntime().availableProcessors()));
    }

    /** Refuses a size, before anything of it is decoded. */
    void checkSize(long width, long height) throws ImageFault {
        if (width < 1 || height < 1) {
            throw ImageFault.notAnImage("the image has a width or height of 0");
        }
        if (width > maxPixels || height > maxPixels || width * height > maxPixels) {
            throw ImageFault.tooLarge(
                    "the image has %d x %d pixels, more than the %d allowed"
                            .formatted(width, height, maxPixels));
        }
    }

    /** Refuses a number of frames. */
    void checkFrames(long frames) throws ImageFault {
        if (frames > maxFrames) {
            throw new ImageFault(
                    ErrorCode.IMAGE_TOO_MANY_FRAMES,
                    "the image has more than the %d frames allowed".formatted(maxFrames));
        }
    }

    private static void within(String name, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    "%s%s must be %d to %d, not %d".formatted(PREFIX, name, least, most, value));
        }
    }
}
