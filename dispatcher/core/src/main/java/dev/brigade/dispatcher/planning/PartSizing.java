package dev.brigade.dispatcher.planning;

import dev.brigade.config.OrchestrationConfig;
import dev.brigade.dispatcher.plan.Sweep;
import dev.brigade.dispatcher.request.ImageRef;
import dev.brigade.dispatcher.request.ImageSource;
import dev.brigade.dispatcher.request.Input;
import java.util.List;

/**
 * How many images of a batch go into one job: as many as configured, but no more than a record
 * holds. An image that is too large even alone gets a job alone.
 */
final class PartSizing {

    /** Of one job's images; a record takes 4 MiB, and the rest of the job is small. */
    static final long MOST_BYTES = (3L << 20) - (64 << 10);

    /** Of an image beside its bytes and its name. */
    private static final long EACH = 100;

    /** Most bytes of a character in UTF-8, of what one {@code char} is. */
    private static final long WIDEST = 3;

    private PartSizing() {}

    static int of(Input input, OrchestrationConfig.Batch config) {
        if (!(input instanceof Input.ImageBatch(ImageSource.Inline(var items), _, _, _))) {
            return config.partSize();
        }
        int size = Sweep.partSize(items.size(), config.partSize(), config.window());
        while (size > 1 && !fits(items, size)) {
            size /= 2;
        }
        return size;
    }

    /** Whether every part of this size fits. */
    private static boolean fits(List<ImageRef> items, int size) {
        long bytes = 0;
        for (int i = 0; i < items.size(); i++) {
            bytes = (i % size == 0 ? 0 : bytes) + bytes(items.get(i));
            if (bytes > MOST_BYTES) {
                return false;
            }
        }
        return true;
    }

    private static long bytes(ImageRef image) {
        return EACH
                + image.bytes().map(encoded -> encoded.bytes().length).orElse(0)
                + WIDEST * image.path().map(String::length).orElse(0)
                + WIDEST * image.name().map(String::length).orElse(0);
    }
}
