package dev.brigade.demo.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import dev.brigade.demo.gguf.LlamaShape;
import dev.brigade.demo.gguf.LlamaTensors;
import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/**
 * The llama architecture, written out: root mean square norms, rotary positions over neighbouring
 * pairs as llama.cpp's "llama" models have them, causal attention, gated feed-forward layers.
 *
 * <p>Everything computed belongs to the manager of the input, which the caller closes after each
 * step: results join their left operand's manager, so weights only ever stand on the right. No
 * operation with a plain Java number is recorded, only ones with kept constants: the former gave
 * NaN now and then.
 */
final class LlamaNetwork {

    private static final float EPSILON = 1e-5f;
    private static final float HIDDEN = -1e9f;

    private final LlamaShape shape;
    private final Weights weights;
    private final int longest;
    private final NDArray epsilon;
    private final NDArray cosines;
    private final NDArray sines;
    private final NDArray scale;
    private final NDArray quarterTurn;
    private final NDArray future;

    /**
     * A network over the weights.
     *
     * @param longest tokens of the longest sequence it will read
     */
    LlamaNetwork(NDManager manager, LlamaShape shape, Weights weights, int longest) {
        this.shape = shape;
        this.weights = weights;
        this.longest = longest;
        this.epsilon = manager.create(EPSILON);
        this.scale = manager.create((float) (1 / Math.sqrt(shape.headLength())));
        this.cosines = angles(manager, Math::cos);
        this.sines = angles(manager, Math::sin);
        this.quarterTurn = quarterTurn(manager);
        this.future = future(manager);
    }

    /**
     * Scores of the next token.
     *
     * @param oneHot tokens as rows of zeros with one one, (sequences * length, vocabulary)
     * @param sequences number of sequences, all of the same length
     * @return (sequences * length, vocabulary)
     */
    NDArray scores(NDArray oneHot, int sequences) {
        int length = Math.toIntExact(oneHot.getShape().get(0) / sequences);
        if (length > longest) {
            throw new IllegalArgumentException(length + " tokens");
        }
        NDArray x = oneHot.matMul(weights.get(LlamaTensors.EMBEDDINGS));
        for (int block = 0; block < shape.blocks(); block++) {
            x = x.add(attention(norm(x, LlamaTensors.attentionNorm(block)), block, sequences));
            x = x.add(feedForward(norm(x, LlamaTensors.feedForwardNorm(block)), block));
        }
        return norm(x, LlamaTensors.LAST_NORM).matMul(weights.get(LlamaTensors.OUTPUT));
    }

    private NDArray norm(NDArray x, String gains) {
        NDArray meanSquare = x.mul(x).mean(new int[] {1}, true);
        return x.div(meanSquare.add(epsilon).sqrt()).mul(weights.get(gains));
    }

    private NDArray attention(NDArray x, int block, int sequences) {
        NDArray query = rotated(heads(x, LlamaTensors.query(block), sequences)).mul(scale);
        NDArray key = rotated(heads(x, LlamaTensors.key(block), sequences));
        NDArray value = heads(x, LlamaTensors.value(block), sequences);
        long length = query.getShape().get(2);
        NDArray hidden = cut(x.getManager(), length);
        NDArray weighed =
                query.matMul(key.transpose(0, 1, 3, 2)).add(hidden).softmax(-1).matMul(value);
        NDArray joined =
                weighed.transpose(0, 2, 1, 3).reshape(new Shape(sequences * length, shape.width()));
        return joined.matMul(weights.get(LlamaTensors.attentionOutput(block)));
    }

    private NDArray feedForward(NDArray x, int block) {
        NDArray gate = x.matMul(weights.get(LlamaTensors.gate(block)));
        NDArray up = x.matMul(weights.get(LlamaTensors.up(block)));
        NDArray open = gate.mul(Activation.sigmoid(new NDList(gate)).singletonOrThrow());
        return open.mul(up).matMul(weights.get(LlamaTensors.down(block)));
    }

    /** (sequences, heads, length, head length) */
    private NDArray heads(NDArray x, String projection, int sequences) {
        return x.matMul(weights.get(projection))
                .reshape(new Shape(sequences, -1, shape.heads(), shape.headLength()))
                .transpose(0, 2, 1, 3);
    }

    private NDArray rotated(NDArray x) {
        NDManager step = x.getManager();
        long length = x.getShape().get(2);
        NDArray turned = x.matMul(quarterTurn);
        return x.mul(rows(step, cosines, length)).add(turned.mul(rows(step, sines, length)));
    }

    private static NDArray rows(NDManager step, NDArray table, long length) {
        NDArray rows = table.get("0:" + length);
        rows.attach(step);
        return rows;
    }

    private NDArray cut(NDManager step, long length) {
        NDArray square = future.get("0:" + length + ",0:" + length);
        square.attach(step);
        return square;
    }

    private NDArray angles(NDManager manager, DoubleUnaryOperator function) {
        int head = shape.headLength();
        float[] table = new float[longest * head];
        for (int position = 0; position < longest; position++) {
            for (int i = 0; i < head; i++) {
                int pairStart = i - i % 2;
                double angle = position * Math.pow(10_000, -(double) pairStart / head);
                table[position * head + i] = (float) function.applyAsDouble(angle);
            }
        }
        return manager.create(table, new Shape(longest, head));
    }

    /** Turns each pair (a, b) into (-b, a). */
    private NDArray quarterTurn(NDManager manager) {
        int head = shape.headLength();
        float[] turn = new float[head * head];
        for (int i = 0; i < head; i += 2) {
            turn[(i + 1) * head + i] = -1;
            turn[i * head + i + 1] = 1;
        }
        return manager.create(turn, new Shape(head, head));
    }

    private NDArray future(NDManager manager) {
        float[] mask = new float[longest * longest];
        for (int row = 0; row < longest; row++) {
            Arrays.fill(mask, row * longest + row + 1, (row + 1) * longest, HIDDEN);
        }
        return manager.create(mask, new Shape(longest, longest));
    }
}
