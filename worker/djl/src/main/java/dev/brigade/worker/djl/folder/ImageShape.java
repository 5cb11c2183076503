package dev.brigade.worker.djl.folder;

/** Width and height in pixels. */
public record ImageShape(int width, int height) {

    /** A square. */
    public static ImageShape square(int side) {
        return new ImageShape(side, side);
    }

    @Override
    public String toString() {
        return width + "x" + height;
    }
}
