package dev.brigade.worker.images.vp8;

/** Smooths the edges between blocks (RFC 6386, section 15). */
final class Edges {

    private final FrameHeader header;
    private final Plane y;
    private final Plane u;
    private final Plane v;

    Edges(FrameHeader header, Plane y, Plane u, Plane v) {
        this.header = header;
        this.y = y;
        this.u = u;
        this.v = v;
    }

    /** Smooths the left and upper edges of a block, and those inside it. */
    void smooth(Block block, int column, int row) {
        int level = header.filterLevels[block.segment][block.isSmall() ? 1 : 0];
        if (level == 0) {
            return;
        }
        int inner = inner(level);
        int limit = 2 * level + inner;
        int variance = level >= 40 ? 2 : level >= 15 ? 1 : 0;
        boolean inside = block.isSmall() || block.hasCoefficients;
        boolean simple = header.simpleFilter;
        for (Plane plane : simple ? new Plane[] {y} : new Plane[] {y, u, v}) {
            int size = plane == y ? 16 : 8;
            EdgeFilter filter = new EdgeFilter(plane.samples, simple, limit, inner, variance);
            int place = plane.at(column * size, row * size);
            block(filter, place, size, plane.stride, inside, column > 0, row > 0);
        }
    }

    private static void block(
            EdgeFilter filter,
            int place,
            int size,
            int stride,
            boolean inside,
            boolean hasLeft,
            boolean hasAbove) {
        if (hasLeft) {
            filter.edge(place, 1, stride, size, true);
        }
        for (int i = 4; inside && i < size; i += 4) {
            filter.edge(place + i, 1, stride, size, false);
        }
        if (hasAbove) {
            filter.edge(place, stride, 1, size, true);
        }
        for (int i = 4; inside && i < size; i += 4) {
            filter.edge(place + i * stride, stride, 1, size, false);
        }
    }

    private int inner(int level) {
        int inner = level;
        if (header.sharpness > 0) {
            inner >>= header.sharpness > 4 ? 2 : 1;
            inner = Math.min(inner, 9 - header.sharpness);
        }
        return Math.max(1, inner);
    }
}
