package dev.brigade.demo.vision;

import static java.util.Objects.requireNonNull;

import dev.brigade.demo.onnx.OnnxAttribute;
import dev.brigade.demo.onnx.OnnxGraph;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Writes the trained network as ONNX; each normalisation is folded into its convolution. */
final class VisionModelFile {

    private VisionModelFile() {}

    static void write(Path file, Map<String, float[]> weights, int side) throws IOException {
        OnnxGraph graph = new OnnxGraph("brigade-demo-vision");
        graph.realInput("pixel_values", "batch", 3, side, side);
        graph.realOutput("logits", "batch", 2);
        String x = "pixel_values";
        for (Convolution layer : Convolution.LAYERS) {
            x = layer(graph, layer, x, weights);
        }
        String mean = graph.node("GlobalAveragePool", List.of(x), "mean");
        String most = graph.node("GlobalMaxPool", List.of(x), "most");
        String both =
                graph.node(
                        "Concat", List.of(mean, most), "both", new OnnxAttribute.Whole("axis", 1));
        String flat =
                graph.node("Flatten", List.of(both), "flat", new OnnxAttribute.Whole("axis", 1));
        graph.reals("head.weight", of(weights, "head.weight"), Convolution.FEATURES, 2);
        graph.reals("head.bias", of(weights, "head.bias"), 2);
        graph.node("Gemm", List.of(flat, "head.weight", "head.bias"), "logits");
        graph.write(file);
    }

    private static String layer(
            OnnxGraph graph, Convolution layer, String x, Map<String, float[]> weights) {
        String name = layer.name();
        float[] gain = of(weights, name + ".gain");
        float[] shift = of(weights, name + ".shift");
        float[] mean = of(weights, name + ".mean");
        float[] variance = of(weights, name + ".variance");
        float[] kernel = of(weights, name + ".weight").clone();
        float[] bias = new float[layer.out()];
        int size = layer.weights() / layer.out();
        for (int out = 0; out < layer.out(); out++) {
            double factor = gain[out] / Math.sqrt(variance[out] + VisionNetwork.EPSILON);
            for (int i = out * size; i < (out + 1) * size; i++) {
                kernel[i] = (float) (kernel[i] * factor);
            }
            bias[out] = (float) (shift[out] - mean[out] * factor);
        }
        graph.reals(
                name + ".weight", kernel, layer.out(), layer.in(), layer.kernel(), layer.kernel());
        graph.reals(name + ".bias", bias, layer.out());
        int pad = layer.padding();
        String convolved =
                graph.node(
                        "Conv",
                        List.of(x, name + ".weight", name + ".bias"),
                        name,
                        new OnnxAttribute.Wholes("kernel_shape", layer.kernel(), layer.kernel()),
                        new OnnxAttribute.Wholes("strides", layer.stride(), layer.stride()),
                        new OnnxAttribute.Wholes("pads", pad, pad, pad, pad));
        return graph.node("Relu", List.of(convolved), name + ".cut");
    }

    private static float[] of(Map<String, float[]> weights, String name) {
        return requireNonNull(weights.get(name), name);
    }
}
