package dev.brigade.demo.embedding;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.nn.Activation;
import ai.djl.nn.core.Embedding;
import ai.djl.nn.norm.LayerNorm;

/**
 * The encoder as it is computed while learning: attention over the whole text, norms first. All
 * that is computed joins the manager of the ids; weights only ever stand on the right.
 */
final class EncoderNetwork {

    static final float EPSILON = 1e-5f;
    static final float HIDDEN = -1e9f;

    private final EncoderPlan plan;
    private final EncoderWeights weights;
    private final NDArray positions;
    private final NDArray scale;

    EncoderNetwork(NDManager manager, EncoderPlan plan, EncoderWeights weights) {
        this.plan = plan;
        this.weights = weights;
        this.positions =
                manager.create(plan.positions(), new Shape(EncoderPlan.LONGEST, plan.width()));
        this.scale = manager.create((float) (1 / Math.sqrt(plan.headLength())));
    }

    /** One vector per token: (texts, length, width). */
    NDArray tokens(NDManager step, Tokens tokens) {
        NDArray ids = step.create(tokens.ids(), new Shape(tokens.texts(), tokens.length()));
        NDArray hidden = hidden(step, tokens);
        NDArray place = positions.get("0:" + tokens.length());
        place.attach(step);
        NDArray x =
                Embedding.embedding(ids, weights.get(EncoderWeights.TOKENS), SparseFormat.DENSE)
                        .singletonOrThrow()
                        .add(place);
        for (int block = 0; block < plan.blocks(); block++) {
            String prefix = "block." + block + ".";
            x = x.add(attention(norm(x, prefix + "attention_norm"), prefix, hidden));
            x = x.add(feedForward(norm(x, prefix + "feed_norm"), prefix));
        }
        return norm(x, EncoderWeights.LAST_NORM);
    }

    /** One vector of length one per text: (texts, width). */
    NDArray texts(NDManager step, Tokens tokens) {
        NDArray present =
                step.create(tokens.present(), new Shape(tokens.texts(), tokens.length(), 1));
        NDArray sum = tokens(step, tokens).mul(present).sum(new int[] {1});
        return sum.div(sum.mul(sum).sum(new int[] {1}, true).sqrt());
    }

    private static NDArray hidden(NDManager step, Tokens tokens) {
        float[] hidden = new float[tokens.present().length];
        for (int i = 0; i < hidden.length; i++) {
            hidden[i] = (1 - tokens.present()[i]) * HIDDEN;
        }
        return step.create(hidden, new Shape(tokens.texts(), 1, 1, tokens.length()));
    }

    private NDArray norm(NDArray x, String name) {
        return LayerNorm.layerNorm(
                        x,
                        new Shape(plan.width()),
                        weights.get(name),
                        weights.get(name + ".bias"),
                        EPSILON)
                .singletonOrThrow();
    }

    private NDArray attention(NDArray x, String prefix, NDArray hidden) {
        NDArray query = heads(x, prefix + "query").mul(scale);
        NDArray key = heads(x, prefix + "key");
        NDArray value = heads(x, prefix + "value");
        NDArray weighed =
                query.matMul(key.transpose(0, 1, 3, 2)).add(hidden).softmax(-1).matMul(value);
        return weighed.transpose(0, 2, 1, 3)
                .reshape(x.getShape())
                .matMul(weights.get(prefix + "joined"));
    }

    private NDArray heads(NDArray x, String name) {
        Shape split = new Shape(x.getShape().get(0), -1, plan.heads(), plan.headLength());
        return x.matMul(weights.get(name)).reshape(split).transpose(0, 2, 1, 3);
    }

    private NDArray feedForward(NDArray x, String prefix) {
        NDArray up = x.matMul(weights.get(prefix + "up")).add(weights.get(prefix + "up.bias"));
        return Activation.relu(new NDList(up))
                .singletonOrThrow()
                .matMul(weights.get(prefix + "down"))
                .add(weights.get(prefix + "down.bias"));
    }
}
