package dev.brigade.worker.images.vp8;

/** What is known of a block of 16 x 16 samples before its samples are. */
final class Block {

    int segment;
    boolean skipped;

    /** How luminance is guessed; {@link Prediction#SMALL} where each 4 x 4 block says so itself. */
    int mode;

    /** How the 4 x 4 blocks are guessed; where the whole is, what that is for them. */
    final int[] smallModes = new int[16];

    /** How chrominance is guessed. */
    int chromaMode;

    /** Whether anything is added to the guess. */
    boolean hasCoefficients;

    boolean isSmall() {
        return mode == Prediction.SMALL;
    }
}
