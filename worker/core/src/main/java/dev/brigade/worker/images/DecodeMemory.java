package dev.brigade.worker.images;

import java.util.concurrent.Semaphore;

/**
 * Memory for pictures that are being decoded. Small ones share it; a large one waits until there is
 * room, so that several large ones take turns instead of the whole heap. Fair, so that none waits
 * for ever.
 */
final class DecodeMemory {

    private static final int UNIT = 1 << 10;

    private final long bytes;
    private final Semaphore units;

    /** Permission to decode; closing gives it back. */
    interface Share extends AutoCloseable {
        @Override
        void close();
    }

    DecodeMemory(long bytes) {
        this.bytes = bytes;
        this.units = new Semaphore(units(bytes), true);
    }

    /** Half of what the heap may grow to. */
    static DecodeMemory ofHeap() {
        return new DecodeMemory(Runtime.getRuntime().maxMemory() / 2);
    }

    /**
     * Waits for room.
     *
     * @throws ImageFault {@code image_too_large} when the image would not fit even alone
     */
    Share take(long needed) throws ImageFault, InterruptedException {
        if (needed > bytes) {
            throw ImageFault.tooLarge(
                    "decoding the image takes about %d MB, more than the %d MB that this worker has"
                            .formatted(needed >> 20, bytes >> 20));
        }
        int taken = units(needed);
        units.acquire(taken);
        return () -> units.release(taken);
    }

    private static int units(long bytes) {
        return (int) Math.min(Integer.MAX_VALUE, Math.max(1, bytes / UNIT));
    }
}
