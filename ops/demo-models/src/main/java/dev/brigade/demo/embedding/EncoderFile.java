package dev.brigade.demo.embedding;

import static java.util.Objects.requireNonNull;

import dev.brigade.demo.onnx.OnnxAttribute;
import dev.brigade.demo.onnx.OnnxGraph;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Writes the trained encoder as ONNX. */
final class EncoderFile {

    private static final long REAL = 1;

    private final OnnxGraph graph = new OnnxGraph("brigade-demo-embedding");
    private final EncoderPlan plan;
    private final Map<String, float[]> weights;

    private EncoderFile(EncoderPlan plan, Map<String, float[]> weights) {
        this.plan = plan;
        this.weights = weights;
    }

    static void write(Path file, EncoderPlan plan, int tokens, Map<String, float[]> weights)
            throws IOException {
        new EncoderFile(plan, weights).built(tokens).write(file);
    }

    private OnnxGraph built(int tokens) {
        graph.wholeInput("input_ids", "batch", "length");
        graph.wholeInput("attention_mask", "batch", "length");
        graph.realOutput("last_hidden_state", "batch", "length", plan.width());
        graph.reals(EncoderWeights.TOKENS, of(EncoderWeights.TOKENS), tokens, plan.width());
        graph.reals("positions", plan.positions(), EncoderPlan.LONGEST, plan.width());
        graph.reals("one", new float[] {1});
        graph.reals("hide", new float[] {EncoderNetwork.HIDDEN});
        graph.reals("scale", new float[] {(float) (1 / Math.sqrt(plan.headLength()))});
        graph.wholes("split", 0, 0, plan.heads(), plan.headLength());
        graph.wholes("join", 0, 0, plan.width());
        graph.wholes("zero", 0);
        graph.wholes("first", 1);
        graph.wholes("second", 2);
        graph.wholes("heads_and_rows", 1, 2);
        String hidden = hidden();
        String x = start();
        for (int block = 0; block < plan.blocks(); block++) {
            String prefix = "block." + block + ".";
            String attended =
                    attention(norm(x, prefix + "attention_norm", prefix + "n1"), prefix, hidden);
            x = graph.node("Add", List.of(x, attended), prefix + "x1");
            String fed = feedForward(norm(x, prefix + "feed_norm", prefix + "n2"), prefix);
            x = graph.node("Add", List.of(x, fed), prefix + "x2");
        }
        norm(x, EncoderWeights.LAST_NORM, "last_hidden_state");
        return graph;
    }

    /** What is added to hide the fillers: (batch, 1, 1, length). */
    private String hidden() {
        String present =
                graph.node(
                        "Cast",
                        List.of("attention_mask"),
                        "present",
                        new OnnxAttribute.Whole("to", REAL));
        String absent = graph.node("Sub", List.of("one", present), "absent");
        String far = graph.node("Mul", List.of(absent, "hide"), "far");
        return graph.node("Unsqueeze", List.of(far, "heads_and_rows"), "hidden");
    }

    /** Tokens and their positions. */
    private String start() {
        String shape = graph.node("Shape", List.of("input_ids"), "shape");
        String length = graph.node("Slice", List.of(shape, "first", "second", "zero"), "length_of");
        String places = graph.node("Slice", List.of("positions", "zero", length, "zero"), "places");
        String tokens =
                graph.node("Gather", List.of(EncoderWeights.TOKENS, "input_ids"), "token_rows");
        return graph.node("Add", List.of(tokens, places), "x0");
    }

    private String norm(String x, String name, String output) {
        vector(name, plan.width());
        vector(name + ".bias", plan.width());
        return graph.node(
                "LayerNormalization",
                List.of(x, name, name + ".bias"),
                output,
                new OnnxAttribute.Whole("axis", -1),
                new OnnxAttribute.Real("epsilon", EncoderNetwork.EPSILON));
    }

    private String attention(String x, String prefix, String hidden) {
        String query = heads(x, prefix + "query", 0, 2, 1, 3);
        String scaled = graph.node("Mul", List.of(query, "scale"), prefix + "scaled");
        String key = heads(x, prefix + "key", 0, 2, 3, 1);
        String value = heads(x, prefix + "value", 0, 2, 1, 3);
        String near = graph.node("MatMul", List.of(scaled, key), prefix + "near");
        String seen = graph.node("Add", List.of(near, hidden), prefix + "seen");
        String shares =
                graph.node(
                        "Softmax",
                        List.of(seen),
                        prefix + "shares",
                        new OnnxAttribute.Whole("axis", -1));
        String weighed = graph.node("MatMul", List.of(shares, value), prefix + "weighed");
        String back =
                graph.node(
                        "Transpose",
                        List.of(weighed),
                        prefix + "back",
                        new OnnxAttribute.Wholes("perm", 0, 2, 1, 3));
        String joined = graph.node("Reshape", List.of(back, "join"), prefix + "side_by_side");
        return product(joined, prefix + "joined", plan.width(), plan.width());
    }

    private String heads(String x, String name, long... order) {
        String all = product(x, name, plan.width(), plan.width());
        String split = graph.node("Reshape", List.of(all, "split"), name + ".split");
        return graph.node(
                "Transpose",
                List.of(split),
                name + ".heads",
                new OnnxAttribute.Wholes("perm", order));
    }

    private String feedForward(String x, String prefix) {
        int inner = plan.feedForward();
        vector(prefix + "up.bias", inner);
        vector(prefix + "down.bias", plan.width());
        String up = product(x, prefix + "up", plan.width(), inner);
        String moved = graph.node("Add", List.of(up, prefix + "up.bias"), prefix + "moved");
        String cut = graph.node("Relu", List.of(moved), prefix + "cut");
        String down = product(cut, prefix + "down", inner, plan.width());
        return graph.node("Add", List.of(down, prefix + "down.bias"), prefix + "fed");
    }

    private String product(String x, String name, int in, int out) {
        graph.reals(name, of(name), in, out);
        return graph.node("MatMul", List.of(x, name), name + ".product");
    }

    private void vector(String name, int length) {
        graph.reals(name, of(name), length);
    }

    private float[] of(String name) {
        return requireNonNull(weights.get(name), name);
    }
}
