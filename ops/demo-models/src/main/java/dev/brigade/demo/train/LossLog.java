package dev.brigade.demo.train;

/** Tells now and then how a training goes on: its mean loss since it was last told. */
public final class LossLog {

    private static final long NANOS_PER_SECOND = 1_000_000_000;

    private final int every;
    private final long start = System.nanoTime();
    private double losses;

    /**
     * @param every steps after which it is told
     */
    public LossLog(int every) {
        this.every = every;
    }

    /** Takes note of a step, counted from 0. */
    public void step(int step, double loss) {
        losses += loss;
        if ((step + 1) % every == 0) {
            System.out.printf(
                    "step %d, loss %.4f, %d s%n",
                    step + 1, losses / every, (System.nanoTime() - start) / NANOS_PER_SECOND);
            losses = 0;
        }
    }
}
