package dev.brigade.worker.images;

import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Optional;

/**
 * How a picture becomes the numbers that an image model takes, as the image processors of Hugging
 * Face do it: resize, cut out the centre, scale, normalise. Safe for use by many threads.
 *
 * @param resize to what size; empty leaves it
 * @param resampling how
 * @param crop size of the centre that is cut out, filled up with black where the picture is
 *     smaller; empty leaves it
 * @param scale what a value of 0 to 255 is multiplied with, such as 1/255
 * @param mean of red, green and blue, which is taken away after scaling
 * @param deviation of red, green and blue, by which is divided then; none is 0
 */
public record PictureInput(
        Optional<Resize> resize,
        Resampling resampling,
        Optional<Size> crop,
        double scale,
        List<Double> mean,
        List<Double> deviation) {

    private static final int CHANNELS = RgbPicture.CHANNELS;
    private static final int VALUES = 256;

    public PictureInput {
        mean = List.copyOf(mean);
        deviation = List.copyOf(deviation);
        if (mean.size() != CHANNELS || deviation.size() != CHANNELS) {
            throw new IllegalArgumentException("mean and deviation need three values each");
        }
        if (deviation.contains(0.0)) {
            throw new IllegalArgumentException("a deviation must not be 0");
        }
    }

    /** Pixels from left to right and from top to bottom. */
    public record Size(int width, int height) {
        public Size {
            if (width < 1 || height < 1) {
                throw new IllegalArgumentException("a size needs at least 1 x 1 pixels");
            }
        }

        /** As large as this in one of its directions, and no larger in the other. */
        public static Size within(int longestEdge, Size of) {
            int longest = Math.max(of.width, of.height);
            if (longest <= longestEdge) {
                return of;
            }
            double factor = (double) longestEdge / longest;
            return new Size(
                    Math.max(1, (int) Math.round(of.width * factor)),
                    Math.max(1, (int) Math.round(of.height * factor)));
        }
    }

    /** To what size a picture is brought. */
    public sealed interface Resize {

        /** Exactly this, whatever becomes of its proportions. */
        record To(Size size) implements Resize {}

        /**
         * Proportions stay, and the shorter edge gets this length.
         *
         * @param length in pixels, 1 or more
         */
        record ShortestEdge(int length) implements Resize {
            public ShortestEdge {
                if (length < 1) {
                    throw new IllegalArgumentException("an edge needs at least 1 pixel");
                }
            }
        }
    }

    /**
     * The numbers: all red ones, all green ones, all blue ones, each row by row.
     *
     * @return three times as many as {@link #sizeOf} has pixels
     */
    public float[] numbers(BufferedImage picture) {
        Size from = new Size(picture.getWidth(), picture.getHeight());
        Size resized = resized(from);
        BufferedImage whole = resampling.resize(picture, resized.width, resized.height);
        return planes(RgbPicture.bytes(whole), resized, crop.orElse(resized));
    }

    /** The size that a picture of some size ends up with. */
    public Size sizeOf(Size picture) {
        return crop.orElseGet(() -> resized(picture));
    }

    private Size resized(Size from) {
        return resize.map(to ->
                        switch (to) {
                            case Resize.To(Size size) -> size;
                            case Resize.ShortestEdge(int length) -> shortest(from, length);
                        })
                .orElse(from);
    }

    private static Size shortest(Size from, int length) {
        int longer =
                (int)
                        ((long) length
                                * Math.max(from.width, from.height)
                                / Math.min(from.width, from.height));
        return from.width <= from.height ? new Size(length, longer) : new Size(longer, length);
    }

    private float[] planes(byte[] in, Size from, Size to) {
        int plane = to.width * to.height;
        float[] out = new float[CHANNELS * plane];
        int left = Math.floorDiv(from.width - to.width, 2);
        int top = Math.floorDiv(from.height - to.height, 2);
        for (int channel = 0; channel < CHANNELS; channel++) {
            float[] table = table(channel);
            int at = channel * plane;
            for (int y = top; y < top + to.height; y++) {
                int row = (y * from.width + left) * CHANNELS + CHANNELS - 1 - channel;
                boolean outside = y < 0 || y >= from.height;
                for (int x = 0; x < to.width; x++) {
                    boolean blank = outside || left + x < 0 || left + x >= from.width;
                    out[at++] = table[blank ? 0 : in[row + x * CHANNELS] & 0xff];
                }
            }
        }
        return out;
    }

    /** What each value of a channel becomes. */
    private float[] table(int channel) {
        float[] table = new float[VALUES];
        for (int value = 0; value < VALUES; value++) {
            table[value] = (float) ((value * scale - mean.get(channel)) / deviation.get(channel));
        }
        return table;
    }
}
