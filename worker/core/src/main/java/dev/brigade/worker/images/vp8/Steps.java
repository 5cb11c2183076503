package dev.brigade.worker.images.vp8;

/**
 * What coefficients are multiplied with: the first one of a block, and the others.
 *
 * @param y1Dc of luminance
 * @param y1Ac of luminance
 * @param y2Dc of the block that holds the first coefficients of luminance
 * @param y2Ac of that block
 * @param uvDc of chrominance
 * @param uvAc of chrominance
 */
record Steps(int y1Dc, int y1Ac, int y2Dc, int y2Ac, int uvDc, int uvAc) {

    private static final int LAST = 127;
    private static final int LAST_UV_DC = 117;
    private static final int LEAST_Y2_AC = 8;

    /**
     * @param deltas of y1Dc, y2Dc, y2Ac, uvDc, uvAc
     */
    static Steps of(int quantizer, int[] deltas) {
        return new Steps(
                Tables.DC[index(quantizer + deltas[0], LAST)],
                Tables.AC[index(quantizer, LAST)],
                Tables.DC[index(quantizer + deltas[1], LAST)] * 2,
                Math.max(LEAST_Y2_AC, Tables.AC[index(quantizer + deltas[2], LAST)] * 155 / 100),
                Tables.DC[index(quantizer + deltas[3], LAST_UV_DC)],
                Tables.AC[index(quantizer + deltas[4], LAST)]);
    }

    private static int index(int value, int last) {
        return Math.clamp(value, 0, last);
    }
}
