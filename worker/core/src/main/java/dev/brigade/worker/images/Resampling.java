package dev.brigade.worker.images;

import java.awt.image.BufferedImage;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;

/**
 * How a picture is made smaller or larger. The results are those of Pillow, to the last bit, since
 * that is what image models are trained with: filters are widened where a picture gets smaller, and
 * values are rounded to bytes after each direction.
 */
public enum Resampling {
    /** The nearest pixel. */
    NEAREST(0, x -> 0),
    /** The average of the area. */
    BOX(0.5, x -> x > -0.5 && x <= 0.5 ? 1 : 0),
    /** Linear between pixels. */
    BILINEAR(1, x -> Math.max(0, 1 - Math.abs(x))),
    /** Sharper than linear, without halos. */
    HAMMING(1, Resampling::hamming),
    /** Cubic between pixels, with a = -0.5. */
    BICUBIC(2, Resampling::cubic),
    /** The sharpest. */
    LANCZOS(3, Resampling::lanczos);

    private final double support;

    @SuppressWarnings("ImmutableEnumChecker") // a pure function
    private final DoubleUnaryOperator filter;

    Resampling(double support, DoubleUnaryOperator filter) {
        this.support = support;
        this.filter = filter;
    }

    /** The one of a number, as {@code resample} of {@code preprocessor_config.json} has it. */
    public static Optional<Resampling> ofNumber(int number) {
        return Optional.ofNullable(
                switch (number) {
                    case 0 -> NEAREST;
                    case 1 -> LANCZOS;
                    case 2 -> BILINEAR;
                    case 3 -> BICUBIC;
                    case 4 -> BOX;
                    case 5 -> HAMMING;
                    default -> null;
                });
    }

    /**
     * The picture in another size; itself where it has it.
     *
     * @param picture in any form; transparent pixels count as white
     * @return in {@link BufferedImage#TYPE_3BYTE_BGR}
     */
    public BufferedImage resize(BufferedImage picture, int width, int height) {
        BufferedImage from = RgbPicture.of(picture);
        if (from.getWidth() == width && from.getHeight() == height) {
            return from;
        }
        if (this == NEAREST) {
            return NearestPixel.resize(from, width, height);
        }
        FilterWeights columns = FilterWeights.of(from.getWidth(), width, support, filter);
        FilterWeights rows = FilterWeights.of(from.getHeight(), height, support, filter);
        return FilterPass.vertical(FilterPass.horizontal(from, columns), rows);
    }

    private static double hamming(double x) {
        double distance = Math.abs(x);
        if (distance == 0) {
            return 1;
        }
        if (distance >= 1) {
            return 0;
        }
        double angle = distance * Math.PI;
        return Math.sin(angle) / angle * (0.54f + 0.46f * Math.cos(angle));
    }

    private static double cubic(double x) {
        double a = -0.5;
        double d = Math.abs(x);
        if (d < 1) {
            return ((a + 2) * d - (a + 3)) * d * d + 1;
        }
        return d < 2 ? (((d - 5) * d + 8) * d - 4) * a : 0;
    }

    private static double lanczos(double x) {
        return x >= -3 && x < 3 ? sinc(x) * sinc(x / 3) : 0;
    }

    private static double sinc(double x) {
        return x == 0 ? 1 : Math.sin(x * Math.PI) / (x * Math.PI);
    }
}
