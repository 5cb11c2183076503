package dev.brigade.worker.app;

import dev.brigade.worker.images.ImageSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Settings of the images that a worker reads.
 *
 * @param roots folders below which images may be read by path, absolute; none by default
 * @param maxPixels most pixels of an image
 * @param maxFrames most frames of an image, of which the first is looked at
 * @param maxBytes largest encoded image
 * @param checkExtension whether a file's name must not say another format than its content
 * @param decoders threads that decode images, for all models; none for one per core, at least two
 */
@ConfigurationProperties("brigade.worker.images")
record ImageProperties(
        @DefaultValue List<Path> roots,
        @DefaultValue("50000000") long maxPixels,
        @DefaultValue("64") int maxFrames,
        @DefaultValue("32MB") DataSize maxBytes,
        @DefaultValue("true") boolean checkExtension,
        @Nullable Integer decoders) {

    ImageProperties {
        roots = roots.stream().filter(root -> !root.toString().isBlank()).toList();
        for (Path root : roots) {
            if (!root.isAbsolute() || !Files.isDirectory(root)) {
                throw new IllegalArgumentException(
                        "brigade.worker.images.roots (INFERENCE_IMAGE_ROOTS) must be absolute"
                                + " folders that exist, and "
                                + root
                                + " is none");
            }
        }
        settings(roots, maxPixels, maxFrames, maxBytes, checkExtension, decoders);
    }

    ImageSettings settings() {
        return settings(roots, maxPixels, maxFrames, maxBytes, checkExtension, decoders);
    }

    private static ImageSettings settings(
            List<Path> roots,
            long maxPixels,
            int maxFrames,
            DataSize maxBytes,
            boolean checkExtension,
            @Nullable Integer decoders) {
        return new ImageSettings(
                roots,
                maxPixels,
                maxFrames,
                (int) Math.min(Integer.MAX_VALUE, maxBytes.toBytes()),
                checkExtension,
                decoders == null ? ImageSettings.defaults().decoders() : decoders);
    }
}
