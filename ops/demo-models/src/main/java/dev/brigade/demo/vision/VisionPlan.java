package dev.brigade.demo.vision;

/**
 * How the classifier is trained.
 *
 * @param side pixels of a picture's side
 * @param perKind drawings of each learnt kind
 * @param batch pictures per step
 * @param rate highest learning rate
 */
record VisionPlan(int side, int perKind, int steps, int batch, float rate, long seed) {

    static final VisionPlan SHIPPED = new VisionPlan(96, 300, 2000, 64, 4e-3f, 21);

    static final int CALIBRATION_PER_LEARNT_KIND = 20;
    static final int CALIBRATION_PER_OTHER_KIND = 60;
    static final int TEST_PER_LEARNT_KIND = 20;
    static final int TEST_PER_HELD_OUT_KIND = 60;
    static final long CALIBRATION_SEED = 501;
    static final long TEST_SEED = 901;

    private static final int WARM_UP = 50;

    float rateAt(int step) {
        if (step < WARM_UP) {
            return rate * (step + 1) / WARM_UP;
        }
        double done = (double) (step - WARM_UP) / (steps - WARM_UP);
        return (float) (rate * 0.5 * (1 + Math.cos(Math.PI * done)));
    }
}
