package dev.brigade.worker.images.vp8;

/**
 * Smooths one edge, sample by sample along it.
 *
 * @param samples of a plane
 * @param simple whether only the two samples beside the edge change, whatever the others are
 * @param limit how large a step may be to be smoothed
 * @param inner how large steps beside it may be
 * @param variance from which steps beside it on, less is changed
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record EdgeFilter(byte[] samples, boolean simple, int limit, int inner, int variance) {

    /**
     * @param across from a sample to the next on the other side
     * @param along from a sample to the next on the same side
     * @param outer whether the edge is one between blocks of 16 x 16
     */
    void edge(int from, int across, int along, int length, boolean outer) {
        int most = 2 * (outer ? limit + 4 : limit) + 1;
        for (int i = 0; i < length; i++) {
            int place = from + i * along;
            if (isStep(place, across, most)) {
                smooth(place, across, outer);
            }
        }
    }

    private boolean isStep(int place, int across, int most) {
        int p1 = get(place - 2 * across);
        int p0 = get(place - across);
        int q0 = get(place);
        int q1 = get(place + across);
        if (4 * Math.abs(p0 - q0) + Math.abs(p1 - q1) > most) {
            return false;
        }
        if (simple) {
            return true;
        }
        int p2 = get(place - 3 * across);
        int q2 = get(place + 2 * across);
        return Math.abs(get(place - 4 * across) - p2) <= inner
                && Math.abs(p2 - p1) <= inner
                && Math.abs(p1 - p0) <= inner
                && Math.abs(get(place + 3 * across) - q2) <= inner
                && Math.abs(q2 - q1) <= inner
                && Math.abs(q1 - q0) <= inner;
    }

    private void smooth(int place, int across, boolean outer) {
        int p1 = get(place - 2 * across);
        int p0 = get(place - across);
        int q0 = get(place);
        int q1 = get(place + across);
        boolean varied = Math.abs(p1 - p0) > variance || Math.abs(q1 - q0) > variance;
        if (simple || varied) {
            int a = 3 * (q0 - p0) + signed(p1 - q1);
            set(place - across, p0 + small((a + 3) >> 3));
            set(place, q0 - small((a + 4) >> 3));
        } else if (outer) {
            wide(place, across);
        } else {
            int a = 3 * (q0 - p0);
            int q = small((a + 4) >> 3);
            int beside = (q + 1) >> 1;
            set(place - 2 * across, p1 + beside);
            set(place - across, p0 + small((a + 3) >> 3));
            set(place, q0 - q);
            set(place + across, q1 - beside);
        }
    }

    private void wide(int place, int across) {
        int p1 = get(place - 2 * across);
        int p0 = get(place - across);
        int q0 = get(place);
        int q1 = get(place + across);
        int a = signed(3 * (q0 - p0) + signed(p1 - q1));
        for (int i = 0; i < 3; i++) {
            int change = (9 * (3 - i) * a + 63) >> 7;
            int p = place - (i + 1) * across;
            int q = place + i * across;
            set(p, get(p) + change);
            set(q, get(q) - change);
        }
    }

    private static int signed(int value) {
        return Math.clamp(value, -128, 127);
    }

    private static int small(int value) {
        return Math.clamp(value, -16, 15);
    }

    private int get(int place) {
        return samples[place] & 0xff;
    }

    private void set(int place, int value) {
        samples[place] = (byte) Math.clamp(value, 0, 255);
    }
}
