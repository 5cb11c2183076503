package dev.brigade.demo.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.List;

/** Adam with decoupled weight decay on matrices and a bound on the length of the whole gradient. */
public final class Adam {

    private static final float FIRST_DECAY = 0.9f;
    private static final float SECOND_DECAY = 0.98f;
    private static final float EPSILON = 1e-8f;
    private static final float WEIGHT_DECAY = 0.02f;
    private static final float LONGEST_GRADIENT = 1f;

    private final List<Moments> all = new ArrayList<>();
    private int steps;

    private record Moments(NDArray weights, NDArray first, NDArray second) {}

    /** Moves these weights; gradients must have been asked of them. */
    public Adam(NDManager manager, Iterable<NDArray> weights) {
        for (NDArray array : weights) {
            all.add(
                    new Moments(
                            array,
                            manager.zeros(array.getShape()),
                            manager.zeros(array.getShape())));
        }
    }

    /**
     * Moves the weights by their gradients and clears these. Temporary arrays go to {@code step}.
     */
    public void step(NDManager step, float rate) {
        steps++;
        List<NDArray> gradients = new ArrayList<>();
        double squares = 0;
        for (Moments moments : all) {
            NDArray gradient = moments.weights().getGradient();
            gradient.attach(step);
            gradients.add(gradient);
            squares += gradient.mul(gradient).sum().getFloat();
        }
        if (!Double.isFinite(squares)) {
            throw new IllegalStateException("gradient is not finite at step " + steps);
        }
        float shrink = (float) Math.min(1, LONGEST_GRADIENT / Math.sqrt(squares + 1e-12));
        for (int i = 0; i < all.size(); i++) {
            move(all.get(i), gradients.get(i), shrink, rate);
        }
    }

    private void move(Moments moments, NDArray gradient, float shrink, float rate) {
        gradient.muli(shrink);
        moments.first().muli(FIRST_DECAY).addi(gradient.mul(1 - FIRST_DECAY));
        moments.second().muli(SECOND_DECAY).addi(gradient.mul(gradient).muli(1 - SECOND_DECAY));
        NDArray size = moments.second().div((float) (1 - Math.pow(SECOND_DECAY, steps)));
        size.attach(gradient.getManager());
        NDArray direction = moments.first().div((float) (1 - Math.pow(FIRST_DECAY, steps)));
        direction.attach(gradient.getManager());
        direction.divi(size.sqrt().addi(EPSILON)).muli(rate);
        if (moments.weights().getShape().dimension() > 1) {
            moments.weights().muli(1 - rate * WEIGHT_DECAY);
        }
        moments.weights().subi(direction);
        gradient.muli(0);
    }
}
