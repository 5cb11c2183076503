package dev.brigade.worker.images.vp8;

/**
 * From luminance and chrominance to blue, green and red. Chrominance has half as many samples in
 * each direction; those between are averaged from the nearest four, as libwebp does.
 */
final class Colours {

    private final Plane y;
    private final Plane u;
    private final Plane v;
    private final int width;
    private final int height;

    Colours(Plane y, Plane u, Plane v, int width, int height) {
        this.y = y;
        this.u = u;
        this.v = v;
        this.width = width;
        this.height = height;
    }

    void write(byte[] out) {
        int at = 0;
        for (int row = 0; row < height; row++) {
            // The nearest row of chrominance, and the one on the other side.
            int near = row / 2;
            int far = Math.clamp(row % 2 == 0 ? near - 1 : near + 1, 0, (height - 1) / 2);
            for (int column = 0; column < width; column++) {
                int luma = y.get(y.at(column, row));
                pixel(luma, between(u, column, near, far), between(v, column, near, far), out, at);
                at += 3;
            }
        }
    }

    private int between(Plane plane, int column, int nearRow, int farRow) {
        int near = column / 2;
        int far = Math.clamp(column % 2 == 0 ? near - 1 : near + 1, 0, (width - 1) / 2);
        int a = plane.get(plane.at(near, nearRow));
        int b = plane.get(plane.at(far, nearRow));
        int c = plane.get(plane.at(near, farRow));
        int d = plane.get(plane.at(far, farRow));
        if (near == far) {
            return (3 * a + c + 2) >> 2;
        }
        int diagonal = (a + b + c + d + 8 + 2 * (b + c)) >> 3;
        return (diagonal + a) >> 1;
    }

    private static void pixel(int y, int u, int v, byte[] out, int at) {
        int luma = (y * 19_077) >> 8;
        out[at] = clipped(luma + ((u * 33_050) >> 8) - 17_685);
        out[at + 1] = clipped(luma - ((u * 6_419) >> 8) - ((v * 13_320) >> 8) + 8_708);
        out[at + 2] = clipped(luma + ((v * 26_149) >> 8) - 14_234);
    }

    private static byte clipped(int value) {
        return (byte) Math.clamp(value >> 6, 0, 255);
    }
}
