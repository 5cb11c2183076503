package dev.brigade.demo.vision;

import java.util.List;

/** Shares of answers. */
final class Share {

    private Share() {}

    /** Share of right answers; 0 when there is none. */
    static double right(List<Scored> scored) {
        return scored.stream().mapToInt(one -> one.right() ? 1 : 0).average().orElse(0);
    }

    /** Those that are sure enough to count. */
    static List<Scored> above(List<Scored> scored, Calibration calibration) {
        return scored.stream()
                .filter(one -> one.confidence(calibration.temperature()) >= calibration.threshold())
                .toList();
    }
}
