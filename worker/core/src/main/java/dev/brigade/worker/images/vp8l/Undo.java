package dev.brigade.worker.images.vp8l;

/** Takes back one change that an encoder made to the pixels to make them smaller. */
@FunctionalInterface
interface Undo {

    /** The pixels as they were before the change. */
    int[] undo(int[] argb);
}
