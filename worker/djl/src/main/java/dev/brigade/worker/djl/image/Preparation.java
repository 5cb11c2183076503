package dev.brigade.worker.djl.image;

import dev.brigade.worker.djl.folder.ImageShape;
import dev.brigade.worker.djl.folder.Preprocessing;
import java.awt.image.BufferedImage;

/** Makes the model's input of a picture. */
final class Preparation {
    private final Preprocessing preprocessing;
    private final ImageShape shape;

    Preparation(Preprocessing preprocessing, ImageShape shape) {
        this.preprocessing = preprocessing;
        this.shape = shape;
    }

    Pixels apply(BufferedImage picture) {
        int size = shape.width() * shape.height();
        float[] values = new float[3 * size];
        for (int y = 0; y < shape.height(); y++) {
            for (int x = 0; x < shape.width(); x++) {
                int rgb =
                        picture.getRGB(
                                x * picture.getWidth() / shape.width(),
                                y * picture.getHeight() / shape.height());
                for (int c = 0; c < 3; c++) {
                    float v = ((rgb >> (16 - 8 * c)) & 255) * preprocessing.factor();
                    values[c * size + y * shape.width() + x] =
                            (v - preprocessing.mean().get(c)) / preprocessing.deviation().get(c);
                }
            }
        }
        return new Pixels(values);
    }
}
